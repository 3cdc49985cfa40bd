package dev.slipway.client.steps;

import dev.slipway.client.SlipwayClient;
import dev.slipway.client.auth.TokenSource;
import dev.slipway.client.http.Api;
import dev.slipway.client.http.Pause;
import dev.slipway.client.http.RetryPolicy;
import dev.slipway.server.testing.CompanionExtension;
import java.util.List;
import java.util.Objects;
import okhttp3.OkHttpClient;

/** Real companions for tests of the steps. */
public final class Companions {
    private Companions() {}

    /** A client with the scopes that pipelines need, and no others. */
    public static SlipwayClient client(CompanionExtension companion) {
        String token = Objects.requireNonNull(companion
                .token(
                        "jenkins",
                        List.of(
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
                                "tasks:read"))
                .token());
        return new SlipwayClient(new Api(
                Api.defaults(new OkHttpClient.Builder()).build(),
                companion.url().toString(),
                TokenSource.fixed(token),
                RetryPolicy.none(),
                Pause.sleeping()));
    }
}
