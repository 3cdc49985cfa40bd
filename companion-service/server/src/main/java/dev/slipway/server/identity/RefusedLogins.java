package dev.slipway.server.identity;

import dev.slipway.server.database.Transactions;
import dev.slipway.server.http.ProblemException;
import dev.slipway.server.http.RateLimits;
import java.util.Map;

/** Writes into the audit who tried to prove who they are and did not. */
public final class RefusedLogins {
    /** The actor when nobody is known. */
    public static final String NOBODY = "anonymous";

    private final Transactions transactions;
    private final Audit audit;
    private final RateLimits limits;

    /** @param limits how many refusals one address may cause, by {@link RateLimits.Lane#ANONYMOUS} */
    public RefusedLogins(Transactions transactions, Audit audit, RateLimits limits) {
        this.transactions = transactions;
        this.audit = audit;
        this.limits = limits;
    }

    /**
     * Notes a refusal, in a transaction of its own.
     *
     * @param actor what the visitor is called elsewhere, or {@link #NOBODY}
     * @param kind by what they tried
     * @param facts why it was refused, and nothing secret
     * @throws ProblemException 429, and nothing is noted, when that address was refused too often
     */
    public void note(Visitor visitor, String actor, String kind, Object id, Map<String, String> facts) {
        limits.take(RateLimits.Lane.ANONYMOUS, visitor.remoteAddress());
        transactions.run(session -> audit.recordVisit(session, visitor, null, actor, "login-refused", kind, id, facts));
    }
}
