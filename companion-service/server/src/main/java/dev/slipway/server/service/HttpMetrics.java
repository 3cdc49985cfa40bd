package dev.slipway.server.service;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import java.util.concurrent.TimeUnit;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.uri.UriTemplate;

/** Times every request by route, never by address, so that the number of series is bounded. */
@PreMatching
public final class HttpMetrics implements ContainerRequestFilter, ContainerResponseFilter {
    private static final String START = "slipway.metrics.start";

    private final MeterRegistry registry;

    public HttpMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        request.setProperty(START, System.nanoTime());
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getProperty(START) instanceof Long start) {
            Timer.builder("http.server.requests")
                    .tag("method", request.getMethod())
                    .tag("route", route(request))
                    .tag("status", String.valueOf(response.getStatus()))
                    .register(registry)
                    .record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
        }
    }

    private static String route(ContainerRequestContext request) {
        if (!(request instanceof ContainerRequest own)) {
            return "unknown";
        }
        StringBuilder route = new StringBuilder();
        for (UriTemplate template : own.getUriInfo().getMatchedTemplates()) {
            route.insert(0, template.getTemplate());
        }
        return route.isEmpty() ? "unknown" : route.toString();
    }
}
