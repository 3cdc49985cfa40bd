package dev.slipway.server.login;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import dev.slipway.server.http.Outbound;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An OpenID Connect provider: authorization code flow with discovery, PKCE, state and nonce. */
final class OidcProvider implements LoginProvider {
    private static final Set<JWSAlgorithm> ALGORITHMS = IssuerKeys.ALGORITHMS;

    private final OidcSettings settings;
    private final Outbound outbound;
    private final Discovery discovery;
    private final IssuerKeys keys;

    OidcProvider(OidcSettings settings, Outbound outbound) {
        this.settings = settings;
        this.outbound = outbound;
        this.discovery = new Discovery(settings.issuer(), outbound);
        this.keys = new IssuerKeys(outbound, () -> discovery.metadata().getJWKSetURI());
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public String label() {
        return settings.label();
    }

    @Override
    public String path() {
        return "oidc/" + settings.name();
    }

    @Override
    public URI authorization(Attempt attempt) throws IOException {
        return new AuthenticationRequest.Builder(
                        ResponseType.CODE,
                        new Scope(settings.scopes().toArray(String[]::new)),
                        new ClientID(settings.clientId()),
                        attempt.redirectUri())
                .endpointURI(discovery.metadata().getAuthorizationEndpointURI())
                .state(new State(attempt.state()))
                .nonce(new Nonce(attempt.nonce()))
                .codeChallenge(new CodeVerifier(attempt.verifier()), CodeChallengeMethod.S256)
                .build()
                .toURI();
    }

    @Override
    public Identity identify(String code, Attempt attempt) throws LoginRefusedException, IOException {
        OIDCProviderMetadata metadata = discovery.metadata();
        JWT idToken = exchange(metadata.getTokenEndpointURI(), code, attempt);
        try {
            IDTokenValidator validator = new IDTokenValidator(
                    metadata.getIssuer(),
                    new ClientID(settings.clientId()),
                    new JWSVerificationKeySelector<>(ALGORITHMS, keys.source()),
                    null);
            return identity(validator.validate(idToken, new Nonce(attempt.nonce())));
        } catch (BadJOSEException e) {
            throw LoginRefusedException.unknown(settings.label() + " gave an ID token that does not hold");
        } catch (JOSEException e) {
            throw new IOException("the keys of " + settings.issuer() + " cannot be had", e);
        }
    }

    private JWT exchange(URI endpoint, String code, Attempt attempt) throws LoginRefusedException, IOException {
        AuthorizationCodeGrant grant = new AuthorizationCodeGrant(
                new AuthorizationCode(code), attempt.redirectUri(), new CodeVerifier(attempt.verifier()));
        ClientID client = new ClientID(settings.clientId());
        String secret = settings.clientSecret();
        TokenRequest request = secret == null
                ? new TokenRequest.Builder(endpoint, client, grant).build()
                : new TokenRequest.Builder(endpoint, new ClientSecretBasic(client, new Secret(secret)), grant).build();
        HTTPResponse answer = Discovery.send(outbound, request.toHTTPRequest());
        try {
            TokenResponse response = OIDCTokenResponseParser.parse(answer);
            if (!response.indicatesSuccess()) {
                throw LoginRefusedException.unknown(
                        settings.label() + " does not take this code: it is wrong, was used, or is too old");
            }
            JWT idToken = ((OIDCTokenResponse) response).getOIDCTokens().getIDToken();
            if (idToken == null) {
                throw LoginRefusedException.unknown(settings.label() + " gave no ID token");
            }
            return idToken;
        } catch (ParseException e) {
            throw new IOException("the token endpoint of " + settings.issuer() + " makes no sense", e);
        }
    }

    private Identity identity(IDTokenClaimsSet claims) throws LoginRefusedException {
        Map<String, Object> all = claims.toJSONObject();
        String subject = claims.getSubject().getValue();
        if (!settings.required().hold(all)) {
            throw LoginRefusedException.notAllowed(
                    "this account of " + settings.label() + " is not one of those that may log in here");
        }
        String username = text(all.get(settings.usernameClaim()));
        boolean verified = Boolean.TRUE.equals(claims.getBooleanClaim("email_verified"));
        return new Identity(
                settings.name(),
                subject,
                username == null ? subject : username,
                verified ? text(all.get("email")) : null);
    }

    private static @Nullable String text(@Nullable Object claim) {
        return claim instanceof String text && !text.isBlank() ? text : null;
    }
}
