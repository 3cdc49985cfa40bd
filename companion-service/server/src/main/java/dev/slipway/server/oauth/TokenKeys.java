package dev.slipway.server.oauth;

import com.nimbusds.jose.jwk.ECKey;
import dev.slipway.api.identity.TokenKey;
import dev.slipway.server.database.Notifications;
import dev.slipway.server.database.Row;
import dev.slipway.server.database.Sql;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.http.Json;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/**
 * The keys that access tokens are signed with. Every companion signs with one of its own, whose private half is in a file
 * of its directory; the public halves are in the database, so that all companions accept each other's tokens. What the
 * database says is remembered for a few seconds.
 */
public final class TokenKeys {
    static final String TOPIC = "token-key";
    static final String ALGORITHM = "ES256";

    private static final Duration REMEMBERED = Duration.ofSeconds(5);
    private static final Duration SOONEST = Duration.ofSeconds(1);
    private static final Duration SILENT = Duration.ofDays(2);
    private static final Duration MARGIN = Duration.ofMinutes(5);

    /** A public key and what is known of it. */
    record Known(TokenKey key, ECKey publicKey) {
        boolean isLive() {
            return key.retiredAt() == null;
        }
    }

    private record Snapshot(Map<String, Known> keys, long epoch, long nanos) {
        boolean isOlderThan(Duration age) {
            return System.nanoTime() - nanos > age.toNanos();
        }
    }

    private final Clock clock;
    private final Transactions transactions;
    private final KeyFile file;
    private final OAuthSettings settings;
    private final AtomicLong epoch = new AtomicLong();
    private volatile @Nullable Snapshot snapshot;
    private @Nullable ECKey own;

    /** @param var the companion's directory */
    public TokenKeys(
            Clock clock, Transactions transactions, Notifications notifications, Path var, OAuthSettings settings) {
        this.clock = clock;
        this.transactions = transactions;
        this.file = new KeyFile(var.resolve("token-key.jwk"));
        this.settings = settings;
        notifications.subscribe(TOPIC, key -> epoch.incrementAndGet());
    }

    /** The key to sign with now, with its private half; made when there is none or the last one was retired. */
    synchronized ECKey signing() {
        if (own == null) {
            own = file.read().orElse(null);
        }
        Known known = own == null ? null : snapshot(REMEMBERED).keys().get(own.getKeyID());
        if (own == null || known == null || !known.isLive()) {
            ECKey made = file.make();
            transactions.run(session -> insert(session, made));
            own = made;
        }
        return own;
    }

    private void insert(StatelessSession session, ECKey key) {
        Instant now = clock.instant();
        Sql.update(
                session,
                "insert into token_key (kid, public_jwk, created_at, used_at) values (?, ?, ?, ?)",
                key.getKeyID(),
                Json.mapper().valueToTree(key.toPublicJWK().toJSONObject()),
                now,
                now);
        changed(session);
    }

    /** The public key of that name, if tokens that it signed are accepted. */
    Optional<ECKey> find(String kid) {
        Known known = snapshot(REMEMBERED).keys().get(kid);
        if (known == null) {
            // another companion may have made it just now
            known = snapshot(SOONEST).keys().get(kid);
        }
        return Optional.ofNullable(known).map(Known::publicKey);
    }

    /** All keys whose tokens are accepted, the newest first. */
    Collection<Known> all() {
        return snapshot(REMEMBERED).keys().values();
    }

    private Snapshot snapshot(Duration age) {
        Snapshot found = snapshot;
        if (found == null || found.epoch() != epoch.get() || found.isOlderThan(age)) {
            long before = epoch.get();
            found = new Snapshot(transactions.read(TokenKeys::load), before, System.nanoTime());
            snapshot = found;
        }
        return found;
    }

    private static Map<String, Known> load(StatelessSession session) {
        Map<String, Known> keys = new LinkedHashMap<>();
        Sql.list(
                        session,
                        "select kid, public_jwk, created_at, retired_at from token_key order by created_at desc, kid",
                        TokenKeys::known)
                .forEach(known -> keys.put(known.key().kid(), known));
        return keys;
    }

    private static Known known(Row row) throws SQLException {
        try {
            return new Known(
                    new TokenKey(
                            row.text("kid"), ALGORITHM, row.instant("created_at"), row.instantOrNull("retired_at")),
                    ECKey.parse(row.json("public_jwk").toString()));
        } catch (ParseException e) {
            throw new SQLException("token_key holds something that is no key", e);
        }
    }

    /** Has every companion look again once the session's transaction commits. */
    void changed(StatelessSession session) {
        Notifications.send(session, TOPIC, Notifications.ANYTHING);
        transactions.afterCommit(epoch::incrementAndGet);
    }

    /**
     * Says that this companion still signs with its key, retires keys that are old or that nobody speaks for, and removes
     * those whose last token has expired.
     */
    public void tend() {
        ECKey mine;
        try {
            mine = signing();
        } catch (UncheckedIOException e) {
            throw new IllegalStateException("the token key cannot be kept", e);
        }
        Instant now = clock.instant();
        transactions.run(session -> {
            Sql.update(session, "update token_key set used_at = ? where kid = ?", now, mine.getKeyID());
            int touched = Sql.update(
                    session,
                    "update token_key set retired_at = ? where retired_at is null and (used_at < ? or created_at < ?)",
                    now,
                    now.minus(SILENT),
                    now.minus(settings.keyRotation()));
            touched += Sql.update(
                    session,
                    "delete from token_key where retired_at < ?",
                    now.minus(settings.longestToken()).minus(MARGIN));
            Sql.update(session, "delete from revoked_access_token where expires_at < ?", now);
            if (touched > 0) {
                changed(session);
            }
        });
    }
}
