package dev.slipway.server.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.api.identity.Client;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.TestResponse;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class TokenQuestionsTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    private final TestClients clients = new TestClients(companion);
    private final Client asking = clients.make("users:read-self");

    @Test
    void tellsAClientWhatALiveTokenIs() {
        Client other = clients.make("builds:read");

        JsonNode answer = ask(clients.token(other));

        assertThat(answer.path("active").asBoolean()).isTrue();
        assertThat(answer.path("client_id").asText()).isEqualTo(other.clientId());
        assertThat(answer.path("scope").asText()).isEqualTo("builds:read tokens:status");
        assertThat(answer.path("iss").asText()).isEqualTo(companion.url().toString());
        assertThat(answer.path("exp").asLong()).isGreaterThan(answer.path("iat").asLong());
    }

    @Test
    void knowsApiTokensToo() {
        String token = Objects.requireNonNull(
                companion.token("ci", List.of("builds:read")).token());

        assertThat(ask(token).path("username").asText()).isEqualTo("ci");
    }

    @Test
    void saysNothingOfATokenThatIsNotAccepted() {
        Client gone = clients.make("builds:read");
        String token = clients.token(gone);
        companion.admin().delete("/api/v1/clients/" + gone.id());

        assertThat(ask(token).toString()).isEqualTo("{\"active\":false}");
        assertThat(ask("garbage").toString()).isEqualTo("{\"active\":false}");
    }

    @Test
    void tellsNobodyWhoIsNoClient() {
        TestResponse answer = companion.anonymous().form("/oauth/introspect", "token", clients.token(asking));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.json().path("error").asText()).isEqualTo("invalid_client");
    }

    @Test
    void refusesATokenOnceItsClientGaveItUp() {
        String token = clients.token(asking);
        String another = clients.token(asking);
        assertThat(companion.as(token).get("/api/v1/users/").status()).isEqualTo(200);

        assertThat(clients.as(asking).form("/oauth/revoke", "token", token).status())
                .isEqualTo(200);

        assertThat(companion.as(token).get("/api/v1/users/").status()).isEqualTo(401);
        assertThat(companion.as(another).get("/api/v1/users/").status()).isEqualTo(200);
    }

    @Test
    void letsNoClientRevokeTheTokenOfAnother() {
        Client other = clients.make("users:read-self");
        String token = clients.token(other);

        TestResponse answer = clients.as(asking).form("/oauth/revoke", "token", token);

        assertThat(answer.json().path("error").asText()).isEqualTo("unauthorized_client");
        assertThat(companion.as(token).get("/api/v1/users/").status()).isEqualTo(200);
    }

    @Test
    void acceptsToRevokeWhatNobodyKnows() {
        assertThat(clients.as(asking).form("/oauth/revoke", "token", "garbage").status())
                .isEqualTo(200);
    }

    @Test
    void asksForTheToken() {
        assertThat(clients.as(asking).form("/oauth/revoke").json().path("error").asText())
                .isEqualTo("invalid_request");
    }

    private JsonNode ask(String token) {
        TestResponse answer = clients.as(asking).form("/oauth/introspect", "token", token);
        assertThat(answer.status()).isEqualTo(200);
        return answer.json();
    }
}
