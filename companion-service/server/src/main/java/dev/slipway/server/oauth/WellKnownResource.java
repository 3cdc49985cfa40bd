package dev.slipway.server.oauth;

import dev.slipway.api.identity.Scopes;
import dev.slipway.server.identity.Public;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What programs need to know to get and to check tokens (RFC 8414, RFC 7517). */
@Path("/.well-known")
@Produces(MediaType.APPLICATION_JSON)
public final class WellKnownResource {
    private static final List<String> CLIENT_METHODS = List.of("client_secret_basic", "client_secret_post");

    /** The metadata of RFC 8414. */
    record Metadata(
            String issuer,
            String authorizationEndpoint,
            String tokenEndpoint,
            String jwksUri,
            String introspectionEndpoint,
            String revocationEndpoint,
            Collection<String> scopesSupported,
            List<String> responseTypesSupported,
            List<String> grantTypesSupported,
            List<String> tokenEndpointAuthMethodsSupported,
            List<String> introspectionEndpointAuthMethodsSupported,
            List<String> revocationEndpointAuthMethodsSupported,
            List<String> codeChallengeMethodsSupported,
            boolean authorizationResponseIssParameterSupported) {}

    record KeySet(List<Map<String, Object>> keys) {}

    private final TokenKeys keys;
    private final Supplier<URI> issuer;

    WellKnownResource(TokenKeys keys, Supplier<URI> issuer) {
        this.keys = keys;
        this.issuer = issuer;
    }

    @GET
    @Path("jwks.json")
    @Public
    public Response keys() {
        keys.signing(); // so that there is one to be seen from the start
        List<Map<String, Object>> found =
                keys.all().stream().map(known -> publicKey(known)).toList();
        return Response.ok(new KeySet(found))
                .header(HttpHeaders.CACHE_CONTROL, "public, max-age=60")
                .build();
    }

    private static Map<String, Object> publicKey(TokenKeys.Known known) {
        Map<String, Object> jwk = known.publicKey().toPublicJWK().toJSONObject();
        jwk.put("use", "sig");
        jwk.put("alg", TokenKeys.ALGORITHM);
        return jwk;
    }

    @GET
    @Path("oauth-authorization-server")
    @Public
    public Metadata metadata() {
        String here = issuer.get().toString();
        return new Metadata(
                here,
                here + "/oauth/authorize",
                here + "/oauth/token",
                here + "/.well-known/jwks.json",
                here + "/oauth/introspect",
                here + "/oauth/revoke",
                Scopes.all(),
                List.of("code"),
                List.of("authorization_code", "client_credentials", "refresh_token"),
                List.of("client_secret_basic", "client_secret_post", "none"),
                CLIENT_METHODS,
                List.of("client_secret_basic", "client_secret_post", "none"),
                List.of("S256"),
                true);
    }
}
