package dev.slipway.server.identity;

import dev.slipway.api.identity.Scopes;
import dev.slipway.server.http.RequestFacts;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.lang.reflect.Method;

/** Puts the check of its scope before every resource method. A method that says neither scope nor public does not start. */
public final class AccessControl implements DynamicFeature {
    static final String CALLER = "slipway.caller";
    private static final String JERSEY = "org.glassfish.jersey.";

    private final Authentication authentication;

    public AccessControl(Authentication authentication) {
        this.authentication = authentication;
    }

    @Override
    public void configure(ResourceInfo resource, FeatureContext context) {
        if (resource.getResourceClass().getName().startsWith(JERSEY)) {
            return; // Jersey's own answers to OPTIONS, which name the methods of an address
        }
        Method method = resource.getResourceMethod();
        Scope scope = method.getAnnotation(Scope.class);
        boolean open = method.isAnnotationPresent(Public.class);
        if ((scope == null) != open) {
            throw new IllegalStateException(method + " must have either @Scope or @Public");
        }
        if (scope != null) {
            if (!Scopes.all().contains(scope.value())) {
                throw new IllegalStateException(method + " asks for an unknown scope: " + scope.value());
            }
            context.register(new Check(authentication, scope.value()));
        }
    }

    @Priority(Priorities.AUTHENTICATION)
    private record Check(Authentication authentication, String scope) implements ContainerRequestFilter {
        @Override
        public void filter(ContainerRequestContext request) {
            Caller caller = authentication.authenticate(
                    request.getHeaderString(HttpHeaders.AUTHORIZATION),
                    RequestFacts.remoteAddress(request),
                    RequestFacts.traceId(request));
            authentication.require(caller, scope);
            request.setProperty(CALLER, caller);
        }
    }
}
