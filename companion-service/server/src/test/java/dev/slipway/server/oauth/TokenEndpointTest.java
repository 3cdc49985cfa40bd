package dev.slipway.server.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.SignedJWT;
import dev.slipway.api.identity.Client;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.TestApi;
import dev.slipway.server.testing.TestResponse;
import java.time.Duration;
import java.util.List;
import okhttp3.Credentials;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TokenEndpointTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    private final TestClients clients = new TestClients(companion);

    @Test
    void givesABearerTokenForTheRightSecret() {
        TestResponse answer = clients.ask(clients.make("users:read-self", "builds:read"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.json().path("token_type").asText()).isEqualTo("Bearer");
        assertThat(answer.json().path("expires_in").asLong()).isEqualTo(900);
        assertThat(answer.json().path("scope").asText()).isEqualTo("builds:read tokens:status users:read-self");
        assertThat(answer.json().has("refresh_token")).isFalse();
    }

    @Test
    void takesTheSecretFromTheFormToo() {
        Client client = clients.make("users:read-self");

        TestResponse answer = companion
                .anonymous()
                .form(
                        "/oauth/token",
                        "grant_type",
                        "client_credentials",
                        "client_id",
                        client.clientId(),
                        "client_secret",
                        client.clientSecret());

        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void refusesAWrongSecretAsTheRfcSays() {
        Client client = clients.make("users:read-self");

        TestResponse answer = companion
                .anonymous()
                .with("Authorization", Credentials.basic(client.clientId(), "slc_wrong"))
                .form("/oauth/token", "grant_type", "client_credentials");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(error(answer)).isEqualTo("invalid_client");
        assertThat(answer.header("WWW-Authenticate")).startsWith("Basic ");
    }

    private static String refusals(String objectId) {
        return companion.value("select string_agg(concat_ws(' | ', actor, remote_addr, after_state ->> 'reason',"
                + " after_state ->> 'client_id', user_id), ', ' order by id) from audit_event"
                + " where action = 'login-refused' and object_kind = 'client' and object_id = '" + objectId + "'");
    }

    private static void ask(String clientId, String secret) {
        companion
                .anonymous()
                .form(
                        "/oauth/token",
                        "grant_type",
                        "client_credentials",
                        "client_id",
                        clientId,
                        "client_secret",
                        secret);
    }

    @Test
    void notesARefusedSecretWithoutWritingItDown() {
        Client client = clients.make("users:read-self");

        ask(client.clientId(), "slc_wrong");

        assertThat(refusals(String.valueOf(client.id())))
                .isEqualTo("anonymous | 127.0.0.1 | the secret is not the client's | " + client.clientId());
        assertThat(companion.value("select count(*) from audit_event where after_state::text like '%slc_wrong%'"))
                .isEqualTo("0");
    }

    @Test
    void notesTheSecretOfARevokedClient() {
        Client client = clients.make("users:read-self");
        companion.admin().delete("/api/v1/clients/" + client.id());

        clients.ask(client);

        assertThat(refusals(String.valueOf(client.id()))).contains("the client is revoked");
    }

    @Test
    void notesAnUnknownClientAndNothingThatIsNoId() {
        ask("nobody-0123abcd", "x");
        ask("slc_mixed_up", "x");

        assertThat(refusals("unknown"))
                .contains("there is no such client | nobody-0123abcd")
                .doesNotContain("slc_mixed_up");
    }

    @Test
    void notesARefusedSecretOfWhoAsksAboutATokenOrRevokesOne() {
        Client client = clients.make("users:read-self");
        for (String route : List.of("/oauth/introspect", "/oauth/revoke")) {
            companion
                    .anonymous()
                    .form(route, "token", "x", "client_id", client.clientId(), "client_secret", "slc_wrong");
        }

        assertThat(refusals(String.valueOf(client.id())).split(", ")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Basic",
                "Basic %%%",
                "Basic bm9jb2xvbg==",
                "Basic JTo6",
                "Bearer x",
                "Basic bm9ib2R5OnNlY3JldA=="
            })
    void refusesAnythingElseThatIsNoClient(String authorization) {
        TestResponse answer = companion
                .anonymous()
                .with("Authorization", authorization)
                .form("/oauth/token", "grant_type", "client_credentials");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(error(answer)).isEqualTo("invalid_client");
    }

    @Test
    void refusesAClientThatProvesItselfTwice() {
        Client client = clients.make("users:read-self");

        TestResponse answer = clients.as(client)
                .form("/oauth/token", "grant_type", "client_credentials", "client_secret", client.clientSecret());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(error(answer)).isEqualTo("invalid_request");
    }

    @Test
    void refusesAnUnknownGrantType() {
        TestResponse answer =
                clients.as(clients.make("users:read-self")).form("/oauth/token", "grant_type", "password");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(error(answer)).isEqualTo("unsupported_grant_type");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "grant_type=",
                "scope=builds:read",
                "grant_type=client_credentials&grant_type=client_credentials",
                "grant_type=%zz",
                "grant_type=client_credentials%00"
            })
    void refusesAFormThatIsNone(String form) {
        TestResponse answer = clients.as(clients.make("users:read-self"))
                .send(
                        "POST",
                        "/oauth/token",
                        RequestBody.create(form, MediaType.get("application/x-www-form-urlencoded")));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(error(answer)).isEqualTo("invalid_request");
    }

    @Test
    void refusesAnotherTypeOfBody() {
        assertThat(companion.anonymous().post("/oauth/token", "{}").status()).isEqualTo(415);
    }

    @Test
    void refusesAHugeForm() {
        assertThat(companion
                        .anonymous()
                        .form("/oauth/token", "grant_type", "x".repeat(100_000))
                        .status())
                .isEqualTo(413);
    }

    @Test
    void grantsOnlyTheScopesAskedFor() {
        Client client = clients.make("users:read-self", "builds:read");

        TestResponse answer =
                clients.as(client).form("/oauth/token", "grant_type", "client_credentials", "scope", "builds:read");

        assertThat(answer.json().path("scope").asText()).isEqualTo("builds:read");
        TestApi holder = companion.as(answer.json().path("access_token").asText());
        assertThat(holder.get("/api/v1/builds/").status()).isEqualTo(200);
        assertThat(holder.get("/api/v1/users/").status()).isEqualTo(403);
    }

    @Test
    void refusesAScopeThatTheClientDoesNotHave() {
        TestResponse answer = clients.as(clients.make("users:read-self"))
                .form("/oauth/token", "grant_type", "client_credentials", "scope", "users:read-self builds:create");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(error(answer)).isEqualTo("invalid_scope");
    }

    @Test
    void makesAccessTokensOfTheProfile() throws Exception {
        Client client = clients.make("users:read-self");

        SignedJWT jwt = SignedJWT.parse(clients.token(client));

        assertThat(jwt.getHeader().getAlgorithm().getName()).isEqualTo("ES256");
        assertThat(jwt.getHeader().getType().getType()).isEqualTo("at+jwt");
        assertThat(jwt.getHeader().getKeyID()).isNotBlank();
        assertThat(jwt.getJWTClaimsSet().getIssuer()).isEqualTo(companion.url().toString());
        assertThat(jwt.getJWTClaimsSet().getAudience())
                .containsExactly(companion.url().toString());
        assertThat(jwt.getJWTClaimsSet().getStringClaim("client_id")).isEqualTo(client.clientId());
        assertThat(jwt.getJWTClaimsSet().getJWTID()).isNotBlank();
        assertThat(jwt.getJWTClaimsSet().getSubject()).isNotBlank();
    }

    @Test
    void refusesAnAccessTokenThatHasExpired() {
        TestApi holder = companion.as(clients.token(clients.make("users:read-self")));
        assertThat(holder.get("/api/v1/users/").status()).isEqualTo(200);

        companion.clock().advance(Duration.ofMinutes(15));

        assertThat(holder.get("/api/v1/users/").status()).isEqualTo(401);
    }

    @Test
    void tellsTheHolderOfAnAccessTokenWhatItIs() {
        Client client = clients.make("users:read-self");

        JsonNode status =
                companion.as(clients.token(client)).get("/api/v1/token/status").json();

        assertThat(status.path("name").asText()).isEqualTo(client.clientId());
        assertThat(status.path("scopes").toString()).contains("users:read-self");
        assertThat(status.path("expires_at").asText()).isNotEmpty();
    }

    @Test
    void takesAwayFromLiveTokensWhatTheClientLost() {
        Client client = clients.make("users:read-self", "builds:read");
        String token = clients.token(client);
        companion.value("update oauth_client set scopes = '{builds:read}' where id = " + client.id() + " returning id");

        assertThat(companion.as(token).get("/api/v1/users/").status()).isEqualTo(403);
    }

    @Test
    void notesWhenAClientLastGotAToken() {
        Client client = clients.make("users:read-self");
        clients.token(client);

        assertThat(companion.value("select last_used_at is not null from oauth_client where id = " + client.id()))
                .isEqualTo("t");
    }

    @Test
    void saysWhereItsEndpointsAre() {
        JsonNode metadata = companion
                .anonymous()
                .get("/.well-known/oauth-authorization-server")
                .json();

        assertThat(metadata.path("issuer").asText()).isEqualTo(companion.url().toString());
        assertThat(metadata.path("token_endpoint").asText()).isEqualTo(companion.url() + "/oauth/token");
        assertThat(metadata.path("code_challenge_methods_supported")).hasSize(1);
    }

    private static String error(TestResponse answer) {
        return answer.json().path("error").asText();
    }
}
