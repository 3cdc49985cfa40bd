package dev.slipway.server.identity;

import dev.slipway.api.identity.Role;
import dev.slipway.api.identity.Scopes;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a user was granted, whatever token it shows: a token never opens more than this.
 *
 * @param bounded whether there is a bound at all; of a service that was never granted anything its tokens decide alone
 * @param everywhere scopes that hold everywhere
 * @param onDistributions scopes that hold on one distribution, by its id
 */
public record Rights(boolean bounded, Set<String> everywhere, Map<Long, Set<String>> onDistributions) {
    /** Of a service that was never granted anything. */
    public static final Rights OF_ITS_TOKENS = new Rights(false, Set.of(), Map.of());

    public Rights {
        everywhere = Set.copyOf(everywhere);
        onDistributions = Map.copyOf(onDistributions);
    }

    /** A role that somebody has, through whatever grant: everywhere when no distribution is named. */
    record Held(Role role, @Nullable Long distributionId) {}

    /** What these roles give together. */
    static Rights of(Collection<Held> roles) {
        Set<String> everywhere = new TreeSet<>(Scopes.ofEveryone());
        Map<Long, Set<String>> onDistributions = new HashMap<>();
        for (Held held : roles) {
            Long distribution = held.distributionId();
            if (distribution == null) {
                everywhere.addAll(held.role().scopes());
                continue;
            }
            for (String scope : held.role().scopesOnDistribution()) {
                (Scopes.onTargets().contains(scope)
                                ? onDistributions.computeIfAbsent(distribution, id -> new TreeSet<>())
                                : everywhere)
                        .add(scope);
            }
        }
        return new Rights(true, everywhere, onDistributions);
    }

    /** Whether there is anything on which they allow what the scope names. */
    boolean allow(String scope) {
        return allowEverywhere(scope) || onDistributions.values().stream().anyMatch(scopes -> scopes.contains(scope));
    }

    /** Those of the scopes that they allow on something. */
    public Set<String> narrow(Collection<String> scopes) {
        Set<String> allowed = new TreeSet<>(scopes);
        allowed.removeIf(scope -> !allow(scope));
        return allowed;
    }

    boolean allowEverywhere(String scope) {
        return !bounded || everywhere.contains(scope);
    }

    boolean allowOn(long distributionId, String scope) {
        return allowEverywhere(scope)
                || onDistributions.getOrDefault(distributionId, Set.of()).contains(scope);
    }
}
