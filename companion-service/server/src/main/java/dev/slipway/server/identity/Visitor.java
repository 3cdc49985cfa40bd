package dev.slipway.server.identity;

import dev.slipway.server.http.RequestFacts;
import jakarta.ws.rs.container.ContainerRequestContext;

/**
 * Who sent a request that needs no token. Public resource methods take it as a {@code @Context} parameter.
 *
 * @param remoteAddress the visitor's end of the connection
 * @param traceId the request's
 */
public record Visitor(String remoteAddress, String traceId) {
    static Visitor of(ContainerRequestContext request) {
        return new Visitor(RequestFacts.remoteAddress(request), RequestFacts.traceId(request));
    }
}
