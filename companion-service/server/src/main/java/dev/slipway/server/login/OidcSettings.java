package dev.slipway.server.login;

import dev.slipway.server.http.Outbound;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An OpenID Connect provider that people log in with.
 *
 * @param name its name here, also in addresses
 * @param label its name for people
 * @param clientSecret absent for a client that has none
 * @param usernameClaim what a new account is called after
 * @param required claims that somebody must have to log in
 */
public record OidcSettings(
        String name,
        String label,
        URI issuer,
        String clientId,
        @Nullable String clientSecret,
        List<String> scopes,
        String usernameClaim,
        ClaimRules required) {

    public OidcSettings {
        scopes = List.copyOf(scopes);
        if (!name.matches("[a-z][a-z0-9-]{0,30}") || name.equals(GithubProvider.NAME)) {
            throw new IllegalArgumentException(
                    "oidc.providers must be lower-case words other than github, not " + name);
        }
        if (!Outbound.isSafe(issuer)) {
            throw new IllegalArgumentException("oidc." + name + ".issuer must be an https address, not " + issuer);
        }
        if (clientId.isBlank() || (clientSecret != null && clientSecret.isBlank())) {
            throw new IllegalArgumentException(
                    "oidc." + name + " needs a client-id, and its client-secret-file must not" + " be empty");
        }
    }

    @Override
    public String toString() {
        return "OidcSettings[" + name + ", " + issuer + "]";
    }
}
