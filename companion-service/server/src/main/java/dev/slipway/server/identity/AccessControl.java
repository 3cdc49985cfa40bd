package dev.slipway.server.identity;

import dev.slipway.api.identity.Scopes;
import dev.slipway.server.http.Asker;
import dev.slipway.server.http.ProblemException;
import dev.slipway.server.http.RateLimits;
import dev.slipway.server.http.RateLimits.Lane;
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
import java.util.Set;

/** Puts the check of its scope before every resource method. A method that says neither scope nor public does not start. */
public final class AccessControl implements DynamicFeature {
    static final String CALLER = "slipway.caller";
    static final String ASKER = "slipway.asker";
    private static final String JERSEY = "org.glassfish.jersey.";

    /** The scopes of what workers ask and report in the course of their work. */
    private static final Set<String> WORK = Set.of(Scopes.TASKS_CLAIM, Scopes.SIGN_TASKS_SIGN, Scopes.WORKERS_REGISTER);

    private final Authentication authentication;
    private final RateLimits limits;

    public AccessControl(Authentication authentication, RateLimits limits) {
        this.authentication = authentication;
        this.limits = limits;
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
            context.register(new Check(authentication, limits, scope.value()));
        } else {
            context.register(new Visit(limits));
        }
    }

    @Priority(Priorities.AUTHENTICATION)
    private record Check(Authentication authentication, RateLimits limits, String scope)
            implements ContainerRequestFilter {
        @Override
        public void filter(ContainerRequestContext request) {
            Caller caller = caller(request);
            Lane lane = WORK.contains(scope) ? Lane.WORK : Lane.CALLS;
            limits.take(lane, caller.tokenId() == null ? "user " + caller.userId() : "token " + caller.tokenId());
            authentication.require(caller, scope);
            request.setProperty(CALLER, caller);
            String header = request.getHeaderString(HttpHeaders.AUTHORIZATION);
            request.setProperty(ASKER, new Asker(caller.userId(), () -> authentication.refusal(header, caller, scope)));
        }

        /** Who proves nobody counts against the address; a valid token is not held up by others at its address. */
        private Caller caller(ContainerRequestContext request) {
            String address = RequestFacts.remoteAddress(request);
            try {
                return authentication.authenticate(
                        request.getHeaderString(HttpHeaders.AUTHORIZATION), address, RequestFacts.traceId(request));
            } catch (ProblemException e) {
                if (e.status() == 401) {
                    limits.take(Lane.ANONYMOUS, address);
                }
                throw e;
            }
        }
    }

    @Priority(Priorities.AUTHENTICATION)
    private record Visit(RateLimits limits) implements ContainerRequestFilter {
        @Override
        public void filter(ContainerRequestContext request) {
            limits.take(Lane.ANONYMOUS, RequestFacts.remoteAddress(request));
        }
    }
}
