package dev.slipway.server;

import dev.slipway.server.http.BeanParameters;
import dev.slipway.server.http.BodyLimits;
import dev.slipway.server.http.ContentTags;
import dev.slipway.server.http.EmptyBodies;
import dev.slipway.server.http.JsonBodies;
import dev.slipway.server.http.ProblemBodies;
import dev.slipway.server.http.Problems;
import dev.slipway.server.http.RateLimits;
import dev.slipway.server.http.StrictParameters;
import dev.slipway.server.http.TokenPages;
import dev.slipway.server.identity.AccessControl;
import dev.slipway.server.identity.Authentication;
import dev.slipway.server.identity.CallerParameter;
import dev.slipway.server.service.HttpMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.glassfish.jersey.inject.hk2.AbstractBinder;
import org.glassfish.jersey.media.sse.SseFeature;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;
import org.glassfish.jersey.server.spi.internal.ValueParamProvider;

/** Sets Jersey up: instances only, nothing found by scanning. */
final class Resources {
    private Resources() {}

    static void addShared(Wiring wiring, Authentication authentication, RateLimits limits, MeterRegistry metrics) {
        wiring.resource(new JsonBodies())
                .resource(new Problems())
                .resource(new ProblemBodies())
                .resource(new TokenPages())
                .resource(new ContentTags())
                .resource(new AccessControl(authentication, limits))
                .resource(new StrictParameters())
                .resource(new EmptyBodies())
                .resource(new BodyLimits())
                .resource(new HttpMetrics(metrics))
                .resource(new AbstractBinder() {
                    @Override
                    protected void configure() {
                        bind(new CallerParameter()).to(ValueParamProvider.class);
                        bind(new BeanParameters()).to(ValueParamProvider.class);
                    }
                });
    }

    static ResourceConfig of(List<Object> instances) {
        ResourceConfig config = new ResourceConfig();
        instances.forEach(config::register);
        return config.register(SseFeature.class)
                .property(ServerProperties.WADL_FEATURE_DISABLE, true)
                .property(ServerProperties.FEATURE_AUTO_DISCOVERY_DISABLE, true)
                .property(ServerProperties.METAINF_SERVICES_LOOKUP_DISABLE, false)
                .property(ServerProperties.RESPONSE_SET_STATUS_OVER_SEND_ERROR, true)
                .property(ServerProperties.PROCESSING_RESPONSE_ERRORS_ENABLED, true)
                .property(ServerProperties.LOCATION_HEADER_RELATIVE_URI_RESOLUTION_DISABLED, true);
    }
}
