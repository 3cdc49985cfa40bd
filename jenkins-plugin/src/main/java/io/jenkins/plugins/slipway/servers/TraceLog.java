package io.jenkins.plugins.slipway.servers;

import dev.slipway.client.http.Request;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import okhttp3.Interceptor;
import okhttp3.Response;

/** Logs what a companion refused or could not do, with the id under which its own log tells more. */
final class TraceLog implements Interceptor {
    private static final Logger LOGGER = Logger.getLogger(TraceLog.class.getName());

    @Override
    @NonNull
    public Response intercept(@NonNull Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        if (!response.isSuccessful() && LOGGER.isLoggable(Level.FINE)) {
            LOGGER.log(Level.FINE, "{0} {1} was answered with {2}, trace {3}", new Object[] {
                response.request().method(),
                response.request().url().encodedPath(),
                response.code(),
                Request.trace(response)
            });
        }
        return response;
    }
}
