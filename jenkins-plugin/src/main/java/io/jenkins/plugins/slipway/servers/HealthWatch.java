package io.jenkins.plugins.slipway.servers;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;

/** Notes from what is asked anyway whether a companion takes our credentials. */
final class HealthWatch implements Interceptor {
    private final ServerHealth health;
    private final String serverId;

    HealthWatch(@NonNull ServerHealth health, @NonNull String serverId) {
        this.health = health;
        this.serverId = serverId;
    }

    @Override
    @NonNull
    public Response intercept(@NonNull Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        if (response.code() == 401) {
            health.refused(serverId);
        } else if (response.isSuccessful()
                && !chain.request().url().encodedPath().endsWith("/oauth/token")) {
            // That a token was issued does not yet say that it is taken.
            health.accepted(serverId);
        }
        return response;
    }
}
