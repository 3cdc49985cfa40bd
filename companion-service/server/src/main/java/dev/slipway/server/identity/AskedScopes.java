package dev.slipway.server.identity;

import dev.slipway.api.identity.Role;
import dev.slipway.api.identity.Scopes;
import dev.slipway.server.http.ProblemException;
import dev.slipway.server.http.Violations;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a new token or client is to be allowed: the scopes or the role that its request names. */
public final class AskedScopes {
    private AskedScopes() {}

    /**
     * The scopes, with the one that every token has.
     *
     * @param scopes their names, or null when a role is named
     * @param role the role's name, or null
     * @param violations what is wrong with the rest of the request; thrown with what is wrong here
     * @throws ProblemException 403 that names what the caller may not give because its own token lacks it
     */
    public static Collection<String> of(
            @Nullable List<String> scopes, @Nullable String role, Caller caller, Violations violations) {
        Role known = role == null ? null : Role.named(role).orElse(null);
        List<String> unknown = scopes == null
                ? List.of()
                : scopes.stream().filter(scope -> !Scopes.all().contains(scope)).toList();
        violations
                .check((scopes == null) != (role == null), "/scopes", "give either scopes or a role")
                .check(role == null || known != null, "/role", "is not the name of a role")
                .check(scopes == null || !scopes.isEmpty(), "/scopes", "must name at least one scope")
                .check(unknown.isEmpty(), "/scopes", "must name known scopes, not " + String.join(", ", unknown))
                .throwIfAny();
        Collection<String> asked = new TreeSet<>(known != null ? known.scopes() : Objects.requireNonNull(scopes));
        List<String> beyond = asked.stream().filter(scope -> !caller.may(scope)).toList();
        if (!beyond.isEmpty()) {
            throw ProblemException.forbidden(
                    "a token or client cannot be given scopes that yours lacks: " + String.join(", ", beyond));
        }
        asked.add(Scopes.TOKENS_STATUS);
        return asked;
    }
}
