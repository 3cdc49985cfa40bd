package dev.slipway.client.steps;

import dev.slipway.api.identity.Client;
import dev.slipway.api.identity.ClientRequest;
import dev.slipway.api.identity.Role;
import dev.slipway.client.SlipwayClient;
import dev.slipway.client.auth.ClientSecret;
import dev.slipway.client.auth.TokenCache;
import dev.slipway.client.auth.TokenEndpoint;
import dev.slipway.client.auth.TokenSource;
import dev.slipway.client.http.Api;
import dev.slipway.client.http.Pause;
import dev.slipway.client.http.RetryPolicy;
import dev.slipway.server.testing.CompanionExtension;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.OkHttpClient;

/** Real companions for tests of the steps. */
public final class Companions {
    private Companions() {}

    private static final List<String> PIPELINES = List.of(
            "builds:create",
            "builds:read",
            "builds:cancel",
            "tests:read",
            "tests:restart",
            "sign-keys:read",
            "sign-tasks:create",
            "sign-tasks:read",
            "composes:create",
            "composes:read",
            "composes:delete",
            "releases:read",
            "releases:plan",
            "releases:commit",
            "tasks:read");

    /** A client with the scopes that pipelines need, and no others. */
    public static SlipwayClient client(CompanionExtension companion) {
        return client(companion, "jenkins", PIPELINES);
    }

    /** A client of a service account with exactly these scopes. */
    public static SlipwayClient client(CompanionExtension companion, String user, List<String> scopes) {
        return open(
                companion,
                TokenSource.fixed(
                        Objects.requireNonNull(companion.token(user, scopes).token())));
    }

    /** A client that may do everything. */
    public static SlipwayClient admin(CompanionExtension companion) {
        return client(companion, "keeper", List.copyOf(Role.ADMIN.scopes()));
    }

    /**
     * A client with the scopes that pipelines need, whose tokens are minted and end after a while.
     *
     * @param minted counts them
     */
    static SlipwayClient minting(CompanionExtension companion, AtomicInteger minted) throws IOException {
        Client created =
                admin(companion).clients().create(new ClientRequest("pipelines-" + UUID.randomUUID(), PIPELINES, null));
        ClientSecret secret = new ClientSecret(created.clientId(), Objects.requireNonNull(created.clientSecret()));
        String url = companion.url().toString();
        TokenEndpoint endpoint = new TokenEndpoint(new OkHttpClient(), url, companion.clock());
        return open(companion, new TokenCache(companion.clock()).source(url, secret, Set.of(), () -> {
                    minted.incrementAndGet();
                    return endpoint.mint(secret, Set.of());
                }));
    }

    private static SlipwayClient open(CompanionExtension companion, TokenSource tokens) {
        return new SlipwayClient(new Api(
                Api.defaults(new OkHttpClient.Builder()).build(),
                companion.url().toString(),
                tokens,
                RetryPolicy.none(),
                Pause.sleeping()));
    }
}
