package dev.slipway.server.http;

import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Refuses bodies that are larger than an operation needs, before they are read where their length is announced, and requests
 * that lack the body that one needs. Operations that take a stream of bytes have limits of their own, which depend on what
 * the bytes are for.
 */
public final class BodyLimits implements DynamicFeature {
    /** What an operation that wants no body passes over. */
    private static final long MOST_UNWANTED = 64L << 10;

    @Override
    public void configure(ResourceInfo resource, FeatureContext context) {
        Parameter[] parameters = resource.getResourceMethod().getParameters();
        if (Arrays.stream(parameters).noneMatch(each -> each.getType() == InputStream.class)) {
            long most = takesBody(resource.getResourceMethod()) ? JsonBodies.MOST_BYTES : MOST_UNWANTED;
            context.register(new Check(most, Arrays.stream(parameters).anyMatch(BodyLimits::isNeeded)));
        }
    }

    private static boolean isNeeded(Parameter parameter) {
        return isBody(parameter)
                && !parameter.isAnnotationPresent(FormParam.class)
                && !parameter.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static boolean takesBody(Method method) {
        return Arrays.stream(method.getParameters()).anyMatch(BodyLimits::isBody);
    }

    /** A body's parameter is one that no annotation of the framework says something else of. */
    private static boolean isBody(Parameter parameter) {
        return parameter.isAnnotationPresent(FormParam.class)
                || Arrays.stream(parameter.getAnnotations())
                        .map(Annotation::annotationType)
                        .noneMatch(type -> type.getName().startsWith("jakarta.ws.rs."));
    }

    private record Check(long most, boolean needed) implements ContainerRequestFilter {
        @Override
        public void filter(ContainerRequestContext request) {
            if (announced(request) > most) {
                throw ProblemException.tooLarge(most);
            }
            if (request.hasEntity()) {
                request.setEntityStream(new BoundedBody(request.getEntityStream(), most));
            } else if (needed) {
                // Jersey would call the method with null when the body's type is not named either
                throw ProblemException.badRequest("the request needs a JSON body");
            }
        }

        private static long announced(ContainerRequestContext request) {
            String length = request.getHeaderString(HttpHeaders.CONTENT_LENGTH);
            try {
                return length == null ? 0 : Long.parseLong(length.strip());
            } catch (NumberFormatException e) {
                return 0; // the HTTP layer has judged it
            }
        }
    }
}
