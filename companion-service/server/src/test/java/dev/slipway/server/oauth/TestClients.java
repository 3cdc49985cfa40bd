package dev.slipway.server.oauth;

import dev.slipway.api.identity.Client;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.TestApi;
import dev.slipway.server.testing.TestResponse;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import okhttp3.Credentials;

/** Service clients for tests, and the tokens that they get. */
public final class TestClients {
    private final CompanionExtension companion;

    public TestClients(CompanionExtension companion) {
        this.companion = companion;
    }

    /** A new client, on a service account of its own, of exactly these scopes (and {@code tokens:status}). */
    public Client make(String... scopes) {
        return named("client-" + UUID.randomUUID(), scopes);
    }

    public Client named(String name, String... scopes) {
        String list = List.of(scopes).stream().map(s -> "\"" + s + "\"").collect(Collectors.joining(", "));
        TestResponse made =
                companion.admin().post("/api/v1/clients/", "{\"name\": \"" + name + "\", \"scopes\": [" + list + "]}");
        if (made.status() != 201) {
            throw new AssertionError(made.toString());
        }
        return made.as(Client.class);
    }

    /** Calls with the client's id and secret by HTTP Basic. */
    public TestApi as(Client client) {
        return companion.anonymous().with("Authorization", Credentials.basic(client.clientId(), client.clientSecret()));
    }

    /** What the token endpoint answers the client. */
    public TestResponse ask(Client client) {
        return as(client).form("/oauth/token", "grant_type", "client_credentials");
    }

    /** An access token of the client's. */
    public String token(Client client) {
        TestResponse answer = ask(client);
        if (answer.status() != 200) {
            throw new AssertionError(answer.toString());
        }
        return answer.json().path("access_token").asText();
    }
}
