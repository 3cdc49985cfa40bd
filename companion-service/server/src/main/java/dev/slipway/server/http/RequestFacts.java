package dev.slipway.server.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Objects;

/** What the server knows about a request beside what the request says. */
public final class RequestFacts {
    private RequestFacts() {}

    /** The address of the caller's end of the connection. */
    public static String remoteAddress(ContainerRequestContext request) {
        return String.valueOf(Objects.requireNonNullElse(request.getProperty(Trace.REMOTE), "unknown"));
    }

    /** The id that the request's answer and log lines carry. */
    public static String traceId(ContainerRequestContext request) {
        return String.valueOf(Objects.requireNonNullElse(request.getProperty(Trace.KEY), "none"));
    }
}
