package dev.slipway.server.teams;

import dev.slipway.api.identity.Role;
import dev.slipway.api.identity.Scopes;
import dev.slipway.server.http.ProblemException;
import dev.slipway.server.identity.Caller;
import java.util.Collection;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A role that is given away, everywhere or on one distribution. Nobody gives what they lack: else whoever may manage
 * grants or teams could make themselves anything.
 */
record GivenRights(Role role, @Nullable Long distributionId) {

    /**
     * Refuses a caller that lacks some of it.
     *
     * @throws ProblemException 403 that names what it lacks
     */
    static void requireAllOf(Collection<GivenRights> given, Caller caller) {
        Collection<String> beyond = new TreeSet<>();
        for (GivenRights each : given) {
            each.scopes().stream().filter(scope -> !each.isOf(caller, scope)).forEach(beyond::add);
        }
        if (!beyond.isEmpty()) {
            throw ProblemException.forbidden("you cannot give what you lack yourself: " + String.join(", ", beyond));
        }
    }

    private Collection<String> scopes() {
        return distributionId == null ? role.scopes() : role.scopesOnDistribution();
    }

    private boolean isOf(Caller caller, String scope) {
        return (distributionId != null && Scopes.onTargets().contains(scope))
                ? caller.mayOn(distributionId, scope)
                : caller.mayEverywhere(scope);
    }
}
