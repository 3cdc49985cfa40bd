package dev.slipway.server.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import dev.slipway.api.identity.Client;
import dev.slipway.server.Companion;
import dev.slipway.server.CompanionConfig;
import dev.slipway.server.http.HttpAddress;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.TestApi;
import dev.slipway.server.testing.TestResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

final class TokenKeysTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    private final TestClients clients = new TestClients(companion);
    private final Client client = clients.make("users:read-self");

    @Test
    void publishesTheKeyThatChecksItsTokens() throws Exception {
        SignedJWT jwt = SignedJWT.parse(clients.token(client));

        JWKSet keys =
                JWKSet.parse(companion.anonymous().get("/.well-known/jwks.json").text());

        assertThat(jwt.verify(new ECDSAVerifier(
                        keys.getKeyByKeyId(jwt.getHeader().getKeyID()).toECKey())))
                .isTrue();
        assertThat(keys.containsNonPublicKeys()).isFalse();
    }

    @Test
    void keepsThePrivateHalfInAFileOfItsOwnAlone() throws Exception {
        clients.token(client);

        Path file = companion.var().resolve("token-key.jwk");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(companion.value("select string_agg(public_jwk::text, ' ') from token_key"))
                .doesNotContain("\"d\"");
    }

    @Test
    void acceptsWhatAFormerKeySignedUntilItIsRemoved() throws Exception {
        String token = clients.token(client);
        String kid = kid(token);
        TestApi holder = companion.as(token);

        TestResponse rotated = companion.admin().send("POST", "/api/v1/token-keys/rotate", null);
        assertThat(rotated.status()).isEqualTo(200);
        assertThat(kid(clients.token(client))).isNotEqualTo(kid);
        assertThat(holder.get("/api/v1/users/").status()).isEqualTo(200);

        assertThat(companion.admin().delete("/api/v1/token-keys/" + kid).status())
                .isEqualTo(204);
        assertThat(holder.get("/api/v1/users/").status()).isEqualTo(401);
    }

    @Test
    void showsBothKeysAfterARotationAndTheRetiredOneAsSuch() throws Exception {
        String former = kid(clients.token(client));
        companion.admin().send("POST", "/api/v1/token-keys/rotate", null);
        String present = kid(clients.token(client));

        JsonNode keys = companion.admin().get("/api/v1/token-keys").json();

        assertThat(key(keys, former).has("retired_at")).isTrue();
        assertThat(key(keys, present).has("retired_at")).isFalse();
        assertThat(companion.anonymous().get("/.well-known/jwks.json").text()).contains(former, present);
    }

    @Test
    void changesItsKeyWhenThatIsOldAndRemovesItOnceNothingItSignedIsGood() throws Exception {
        String former = kid(clients.token(client));

        companion.clock().advance(Duration.ofDays(91));
        companion.companion().background().runNow("oauth.tend");
        assertThat(kid(clients.token(client))).isNotEqualTo(former);
        companion.clock().advance(Duration.ofDays(1));
        companion.companion().background().runNow("oauth.tend");

        assertThat(companion.value("select count(*) from token_key where kid = '" + former + "'"))
                .isEqualTo("0");
    }

    @Test
    void refusesToRemoveAKeyThatIsNotThere() {
        assertThat(companion.admin().delete("/api/v1/token-keys/none").status()).isEqualTo(404);
    }

    @Test
    void acceptsTheTokensOfAnotherCompanionOnTheSameDatabase(@TempDir Path var) throws Exception {
        CompanionConfig config = CompanionConfig.defaults(var)
                .withListen(new HttpAddress("127.0.0.1", 0))
                .withPublicUrl(companion.url())
                .withDatabaseUrl(companion.databaseUrl());
        try (Companion other = Companion.start(config, companion.clock())) {
            String token = clients.as(client)
                    .at(other.url())
                    .form("/oauth/token", "grant_type", "client_credentials")
                    .json()
                    .path("access_token")
                    .asText();

            assertThat(kid(token)).isNotEqualTo(kid(clients.token(client)));
            assertThat(companion.as(token).get("/api/v1/users/").status()).isEqualTo(200);
        }
    }

    private static String kid(String token) throws Exception {
        return SignedJWT.parse(token).getHeader().getKeyID();
    }

    private static JsonNode key(JsonNode keys, String kid) {
        return StreamSupport.stream(keys.spliterator(), false)
                .filter(key -> key.path("kid").asText().equals(kid))
                .findFirst()
                .orElseThrow();
    }
}
