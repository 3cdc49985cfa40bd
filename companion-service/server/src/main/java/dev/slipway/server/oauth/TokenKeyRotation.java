package dev.slipway.server.oauth;

import dev.slipway.api.identity.TokenKey;
import dev.slipway.server.database.Sql;
import dev.slipway.server.http.ProblemException;
import dev.slipway.server.identity.Audit;
import dev.slipway.server.identity.Authentication;
import dev.slipway.server.identity.Caller;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.hibernate.StatelessSession;

/** Changes the keys that access tokens are signed with. */
public final class TokenKeyRotation {
    private final Clock clock;
    private final TokenKeys keys;
    private final Audit audit;
    private final Authentication authentication;

    public TokenKeyRotation(Clock clock, TokenKeys keys, Audit audit, Authentication authentication) {
        this.clock = clock;
        this.keys = keys;
        this.audit = audit;
        this.authentication = authentication;
    }

    /** Every key whose tokens are accepted, the newest first. */
    List<TokenKey> list() {
        return keys.all().stream().map(TokenKeys.Known::key).toList();
    }

    /** Has every companion sign with a new key from now on; what the present ones signed stays accepted. */
    void retireAll(StatelessSession session, Caller caller) {
        List<String> retired = Sql.list(
                session,
                "update token_key set retired_at = ? where retired_at is null returning kid",
                row -> row.text("kid"),
                clock.instant());
        keys.changed(session);
        audit.record(session, caller, "rotate", "token-key", "all", null, Map.of("retired", retired));
    }

    /** Refuses from now on whatever that key signed. */
    void remove(StatelessSession session, Caller caller, String kid) {
        if (Sql.update(session, "delete from token_key where kid = ?", kid) == 0) {
            throw ProblemException.notFound("token key", kid);
        }
        keys.changed(session);
        authentication.forget(session);
        audit.record(session, caller, "delete", "token-key", kid, Map.of("kid", kid), null);
    }
}
