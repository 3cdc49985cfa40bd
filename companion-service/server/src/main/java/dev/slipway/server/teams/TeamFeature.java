package dev.slipway.server.teams;

import dev.slipway.server.database.Transactions;
import dev.slipway.server.idempotency.Idempotency;
import dev.slipway.server.identity.Audit;
import dev.slipway.server.identity.GrantedRights;
import java.time.Clock;

/** Puts together what manages teams and grants. */
public final class TeamFeature {
    private final TeamsResource teams;
    private final GrantsResource grants;

    public TeamFeature(
            Clock clock, Transactions transactions, Idempotency idempotency, GrantedRights rights, Audit audit) {
        teams = new TeamsResource(transactions, new Teams(clock, rights, audit), idempotency);
        grants = new GrantsResource(transactions, new Grants(clock, rights, audit), idempotency);
    }

    public TeamsResource teams() {
        return teams;
    }

    public GrantsResource grants() {
        return grants;
    }
}
