package dev.slipway.server.service;

import dev.slipway.api.identity.Scopes;
import dev.slipway.api.service.Status;
import dev.slipway.server.identity.Public;
import dev.slipway.server.identity.Scope;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** What operators and clients ask of the service itself. */
@Path("/")
public final class ServiceResource {
    private final ServiceStatus status;
    private final PrometheusMeterRegistry metrics;

    public ServiceResource(ServiceStatus status, PrometheusMeterRegistry metrics) {
        this.status = status;
        this.metrics = metrics;
    }

    @GET
    @Path("status")
    @Produces(MediaType.APPLICATION_JSON)
    @Public
    public Status status() {
        return status.now();
    }

    @GET
    @Path("metrics")
    @Produces(MediaType.TEXT_PLAIN)
    @Scope(Scopes.METRICS_READ)
    public String metrics() {
        return metrics.scrape();
    }

    @GET
    @Path("openapi.yaml")
    @Produces("application/yaml")
    @Public
    public String contract() throws IOException {
        try (InputStream in = Status.class.getResourceAsStream("/openapi.yaml")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
