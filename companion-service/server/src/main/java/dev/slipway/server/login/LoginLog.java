package dev.slipway.server.login;

import dev.slipway.server.http.ProblemException;
import dev.slipway.server.identity.Audit;
import dev.slipway.server.identity.RefusedLogins;
import dev.slipway.server.identity.Visitor;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** Writes into the audit who logged in and who was refused. */
public final class LoginLog {
    /** What a login gave: a token to whoever came by themselves, or a code to a program. */
    enum Means {
        TOKEN,
        PROGRAM;

        String word() {
            return this == TOKEN ? "token" : "program";
        }
    }

    private final Audit audit;
    private final RefusedLogins refusals;

    public LoginLog(Audit audit, RefusedLogins refusals) {
        this.audit = audit;
        this.refusals = refusals;
    }

    /** Notes a login in the transaction that lets somebody in. */
    void letIn(
            StatelessSession session, Visitor visitor, LinkedAccounts.Account account, Identity identity, Means means) {
        audit.recordVisit(
                session,
                visitor,
                account.id(),
                account.username(),
                "login",
                "user",
                account.id(),
                Map.of("provider", identity.provider(), "subject", identity.subject(), "for", means.word()));
    }

    /**
     * Notes a refusal, in a transaction of its own.
     *
     * @param identity who it is, if the provider said so
     * @throws ProblemException 429, and nothing is noted, when that address was refused too often
     */
    void refused(Visitor visitor, String provider, @Nullable Identity identity, String why) {
        Map<String, String> facts = new TreeMap<>(Map.of("reason", why));
        if (identity != null) {
            facts.put("subject", identity.subject());
        }
        String actor = identity == null ? RefusedLogins.NOBODY : identity.username();
        refusals.note(visitor, actor, "login", provider, facts);
    }

    /** Lets somebody in by {@code work}; that it refuses them, with 403, is noted. */
    <T> T watched(Visitor visitor, Identity identity, Supplier<T> work) {
        try {
            return work.get();
        } catch (ProblemException e) {
            if (e.status() == 403) {
                refused(visitor, identity.provider(), identity, String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }
}
