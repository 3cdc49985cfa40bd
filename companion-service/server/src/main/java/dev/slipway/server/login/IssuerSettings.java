package dev.slipway.server.login;

import dev.slipway.api.identity.Role;
import dev.slipway.server.http.Outbound;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Somebody else who issues tokens that are accepted here.
 *
 * @param name its name here, which the names of its callers begin with
 * @param audience what its tokens must be meant for
 * @param keys where its public keys are; found by discovery when absent
 * @param usernameClaim what a caller is called after
 * @param scopeClaim the claim that holds scopes, as a text with blanks or as a list; empty for none
 * @param rolesClaim the claim whose values are looked up in {@code roles}; empty for none
 * @param roles the role here for each value there
 * @param most what its tokens may do at most, whatever they claim
 * @param required claims that a token must have
 */
public record IssuerSettings(
        String name,
        URI issuer,
        String audience,
        @Nullable URI keys,
        String usernameClaim,
        String scopeClaim,
        String rolesClaim,
        Map<String, Role> roles,
        Role most,
        ClaimRules required) {

    public IssuerSettings {
        roles = Map.copyOf(roles);
        if (!name.matches("[a-z][a-z0-9-]{0,30}")) {
            throw new IllegalArgumentException("trust.issuers must be lower-case words, not " + name);
        }
        if (!Outbound.isSafe(issuer) || (keys != null && !Outbound.isSafe(keys))) {
            throw new IllegalArgumentException("trust." + name + ".issuer and .jwks-url must be https addresses");
        }
        if (audience.isBlank()) {
            throw new IllegalArgumentException("trust." + name + ".audience is needed: without it any token of "
                    + issuer + " would be accepted, whoever it was meant for");
        }
    }
}
