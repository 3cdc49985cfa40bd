package dev.slipway.server.tasks;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;

/** {@code GET …/log?follow=true} asks for an event stream, whatever it accepts. */
@PreMatching
public final class FollowFilter implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext request) {
        boolean follow = "true".equals(request.getUriInfo().getQueryParameters().getFirst("follow"));
        String path = request.getUriInfo().getPath();
        if (follow && path.contains("api/v1/tasks/") && (path.endsWith("/log") || path.endsWith("/log/"))) {
            request.getHeaders().putSingle(HttpHeaders.ACCEPT, MediaType.SERVER_SENT_EVENTS);
        }
    }
}
