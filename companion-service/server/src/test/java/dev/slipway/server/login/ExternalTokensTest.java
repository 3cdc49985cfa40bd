package dev.slipway.server.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.TestApi;
import dev.slipway.server.testing.TestResponse;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class ExternalTokensTest {
    private static final RSAKey KEY = key("good");
    private static final AtomicReference<MockResponse> KEYS = new AtomicReference<>();
    private static final MockWebServer ISSUER = issuer();
    private static final MockOAuth2Server DISCOVERED = discovered();

    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension(Map.ofEntries(
            Map.entry("trust.issuers", "ci,found,away"),
            Map.entry("trust.ci.issuer", ISSUER.url("/ci").toString()),
            Map.entry("trust.ci.audience", "slipway"),
            Map.entry("trust.ci.jwks-url", ISSUER.url("/keys").toString()),
            Map.entry("trust.ci.username-claim", "repository"),
            Map.entry("trust.ci.scope-claim", "scp"),
            Map.entry("trust.ci.roles-claim", "groups"),
            Map.entry("trust.ci.roles", "release-team=releaser,dev=builder"),
            Map.entry("trust.ci.most", "builder"),
            Map.entry("trust.ci.require", "owner=example"),
            Map.entry("trust.found.issuer", DISCOVERED.issuerUrl("found").toString()),
            Map.entry("trust.found.audience", "slipway"),
            Map.entry("trust.found.scope-claim", "scope"),
            Map.entry("trust.away.issuer", "http://127.0.0.1:1/away"),
            Map.entry("trust.away.audience", "slipway")));

    private static RSAKey key(String kid) {
        try {
            return new RSAKeyGenerator(2048).keyID(kid).generate();
        } catch (com.nimbusds.jose.JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private static MockWebServer issuer() {
        KEYS.set(new MockResponse.Builder()
                .body(new JWKSet(KEY).toPublicJWKSet().toString())
                .build());
        MockWebServer server = new MockWebServer();
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return Objects.requireNonNull(KEYS.get());
            }
        });
        try {
            server.start(InetAddress.getLoopbackAddress(), 0);
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
        return server;
    }

    private static MockOAuth2Server discovered() {
        MockOAuth2Server server = new MockOAuth2Server();
        server.start(InetAddress.getLoopbackAddress(), 0);
        return server;
    }

    @AfterAll
    static void stop() {
        ISSUER.close();
        DISCOVERED.shutdown();
    }

    private static String token(UnaryOperator<JWTClaimsSet.Builder> change) {
        return token(KEY, change);
    }

    private static JWTClaimsSet claims(UnaryOperator<JWTClaimsSet.Builder> change) {
        Instant now = companion.clock().instant();
        return change.apply(new JWTClaimsSet.Builder()
                        .issuer(ISSUER.url("/ci").toString())
                        .audience("slipway")
                        .subject("repo:example/tool")
                        .claim("repository", "example/tool")
                        .claim("owner", "example")
                        .claim("groups", List.of("dev"))
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plus(Duration.ofMinutes(5)))))
                .build();
    }

    private static String token(RSAKey key, UnaryOperator<JWTClaimsSet.Builder> change) {
        try {
            SignedJWT jwt = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .type(JOSEObjectType.JWT)
                            .keyID(key.getKeyID())
                            .build(),
                    claims(change));
            jwt.sign(new RSASSASigner(key));
            return jwt.serialize();
        } catch (com.nimbusds.jose.JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private static int status(String token) {
        TestResponse answer = companion.as(token).get("/api/v1/token/status");
        assertThat(answer.status() == 401 ? answer.problem() : "").isIn("", "invalid-token");
        return answer.status();
    }

    @Test
    void acceptsATokenOfATrustedIssuerAsAServiceAccountOfItsOwn() {
        TestResponse answer = companion.as(token(c -> c)).get("/api/v1/token/status");

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.json().path("username").asText()).isEqualTo("ci:example/tool");
        assertThat(companion.value("select kind from app_user where username = 'ci:example/tool'"))
                .isEqualTo("service");
    }

    @Test
    void givesATokenTheRolesThatItsGroupsHave() {
        TestApi caller = companion.as(token(c -> c));

        assertThat(caller.get("/api/v1/builds").status()).isEqualTo(200);
        assertThat(caller.get("/api/v1/tokens").status()).isEqualTo(403);
    }

    @Test
    void givesATokenNothingWithoutGroups() {
        assertThat(companion
                        .as(token(c -> c.claim("groups", null).claim("repository", "example/bare")))
                        .get("/api/v1/builds")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void givesNoTokenMoreThanItsIssuerMayGiveAtMost() {
        String greedy = token(c -> c.claim("groups", List.of("release-team")).claim("scp", "users:manage builds:read"));

        assertThat(companion
                        .as(greedy)
                        .get("/api/v1/token/status")
                        .json()
                        .path("scopes")
                        .toString())
                .contains("builds:read")
                .doesNotContain("users:manage", "releases:commit");
    }

    @Test
    void knowsACallerAgain() {
        companion
                .as(token(c -> c.subject("same").claim("repository", "example/same")))
                .get("/api/v1/token/status");
        companion
                .as(token(c -> c.subject("same").claim("repository", "example/same")))
                .get("/api/v1/token/status");

        assertThat(companion.value("select count(*) from app_user where username like 'ci:example/same%'"))
                .isEqualTo("1");
    }

    @Test
    void refusesATokenForAnotherAudience() {
        assertThat(status(token(c -> c.audience("other")))).isEqualTo(401);
    }

    @Test
    void refusesATokenOfAnIssuerThatIsNotTrusted() {
        assertThat(status(token(c -> c.issuer("https://other.example")))).isEqualTo(401);
    }

    @Test
    void refusesATokenThatHasExpired() {
        Instant past = companion.clock().instant().minus(Duration.ofMinutes(2));

        assertThat(status(token(c -> c.expirationTime(Date.from(past))))).isEqualTo(401);
    }

    @Test
    void refusesATokenThatIsNotYetGood() {
        Instant later = companion.clock().instant().plus(Duration.ofMinutes(2));

        assertThat(status(token(c -> c.notBeforeTime(Date.from(later))))).isEqualTo(401);
    }

    @Test
    void refusesATokenWithoutAnEnd() {
        assertThat(status(token(c -> c.expirationTime(null)))).isEqualTo(401);
    }

    @Test
    void refusesATokenWithoutARequiredClaim() {
        assertThat(status(token(c -> c.claim("owner", "somebody-else")))).isEqualTo(401);
        assertThat(status(token(c -> c.claim("owner", null)))).isEqualTo(401);
    }

    @Test
    void refusesATokenWhoseCallerHasNoName() {
        assertThat(status(token(c -> c.claim("repository", null)))).isEqualTo(401);
        assertThat(status(token(c -> c.claim("repository", "a b")))).isEqualTo(401);
    }

    @Test
    void refusesATokenSignedByAnUnknownKey() {
        assertThat(status(token(key("strange"), c -> c))).isEqualTo(401);
        assertThat(status(token(key("good"), c -> c))).isEqualTo(401);
    }

    @Test
    void refusesATokenWithoutASignature() {
        assertThat(status(new PlainJWT(claims(c -> c)).serialize())).isEqualTo(401);
    }

    @Test
    void refusesATokenSignedWithThePublicKeyForASecret() throws Exception {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("good").build(), claims(c -> c));
        jwt.sign(new MACSigner(KEY.toPublicJWK().toJSONString()));

        assertThat(status(jwt.serialize())).isEqualTo(401);
    }

    @Test
    void asksForKeysOnceForManyUnknownOnes() {
        status(token(key("strange"), c -> c));
        int before = ISSUER.getRequestCount();

        for (int i = 0; i < 10; i++) {
            status(token(new RSAKey.Builder(KEY).keyID("unknown-" + i).build(), c -> c));
        }

        assertThat(ISSUER.getRequestCount()).isLessThanOrEqualTo(before + 1);
    }

    @Test
    void findsTheKeysOfAnIssuerByDiscovery() {
        String token = DISCOVERED
                .issueToken("found", "robot", "slipway", Map.of("scope", "builds:read"))
                .serialize();

        TestResponse answer = companion.as(token).get("/api/v1/token/status");

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.json().path("scopes").toString()).contains("builds:read");
    }

    @Test
    void saysThatAnIssuerCannotBeAsked() {
        TestResponse answer =
                companion.as(token(c -> c.issuer("http://127.0.0.1:1/away"))).get("/api/v1/token/status");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isNotBlank();
    }
}
