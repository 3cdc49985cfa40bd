package dev.slipway.client.steps;

import dev.slipway.api.identity.Role;
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
                companion, Objects.requireNonNull(companion.token(user, scopes).token()));
    }

    /** A client that may do everything. */
    public static SlipwayClient admin(CompanionExtension companion) {
        return client(companion, "keeper", List.copyOf(Role.ADMIN.scopes()));
    }

    private static SlipwayClient open(CompanionExtension companion, String token) {
        return new SlipwayClient(new Api(
                Api.defaults(new OkHttpClient.Builder()).build(),
                companion.url().toString(),
                TokenSource.fixed(token),
                RetryPolicy.none(),
                Pause.sleeping()));
    }
}
