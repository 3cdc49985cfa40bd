package dev.slipway.server.http;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Set;

/** Passes over the type of a body that is not there: many clients send one with every request. */
@PreMatching
public final class EmptyBodies implements ContainerRequestFilter {
    /** Whose bodies mean nothing, so that one without an announced length is none. */
    private static final Set<String> BODILESS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.DELETE);

    @Override
    public void filter(ContainerRequestContext request) {
        String length = request.getHeaderString(HttpHeaders.CONTENT_LENGTH);
        boolean unannounced = length == null && request.getHeaderString("Transfer-Encoding") == null;
        if ("0".equals(length) || (unannounced && BODILESS.contains(request.getMethod()))) {
            request.getHeaders().remove(HttpHeaders.CONTENT_TYPE);
        }
    }
}
