package dev.slipway.server.http;

import dev.slipway.api.problems.ProblemError;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import java.lang.reflect.Field;
import java.lang.reflect.Parameter;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Refuses query and matrix parameters that a resource method does not have, since a misspelt filter must not select
 * everything, and addresses with a NUL character in them.
 */
public final class StrictParameters implements DynamicFeature {
    @Override
    public void configure(ResourceInfo resource, FeatureContext context) {
        if (resource.getResourceMethod().isAnnotationPresent(AnyParameters.class)) {
            context.register((ContainerRequestFilter) StrictParameters::refuseUnstorable);
            return;
        }
        Set<String> known = new TreeSet<>();
        for (Parameter parameter : resource.getResourceMethod().getParameters()) {
            QueryParam query = parameter.getAnnotation(QueryParam.class);
            if (query != null) {
                known.add(query.value());
            }
            if (parameter.isAnnotationPresent(BeanParam.class)) {
                addFields(parameter.getType(), known);
            }
        }
        context.register(new Check(known));
    }

    private static void addFields(Class<?> bean, Set<String> known) {
        for (Field field : bean.getDeclaredFields()) {
            QueryParam query = field.getAnnotation(QueryParam.class);
            if (query != null) {
                known.add(query.value());
            }
        }
    }

    /** PostgreSQL can neither hold nor look up a text with a NUL character. */
    private static void refuseUnstorable(ContainerRequestContext request) {
        Stream<String> query = request.getUriInfo().getQueryParameters().entrySet().stream()
                .flatMap(each -> Stream.concat(Stream.of(each.getKey()), each.getValue().stream()));
        if (Stream.concat(Stream.of(request.getUriInfo().getPath()), query).anyMatch(text -> text.indexOf('\0') >= 0)) {
            throw ProblemException.badRequest("the address holds a NUL character");
        }
    }

    private record Check(Set<String> known) implements ContainerRequestFilter {
        @Override
        public void filter(ContainerRequestContext request) {
            refuseUnstorable(request);
            if (request.getUriInfo().getPathSegments().stream()
                    .anyMatch(segment -> !segment.getMatrixParameters().isEmpty())) {
                throw ProblemException.badRequest("an address here has no ';' in it");
            }
            List<ProblemError> unknown = request.getUriInfo().getQueryParameters().keySet().stream()
                    .filter(name -> !known.contains(name))
                    .map(name -> new ProblemError(name, "is not a parameter of this address"))
                    .toList();
            if (!unknown.isEmpty()) {
                throw ProblemException.badRequest(
                                "the query parameter " + unknown.get(0).pointer()
                                        + " is not known here"
                                        + (known.isEmpty() ? "" : "; known are " + String.join(", ", known)))
                        .errors(unknown);
            }
        }
    }
}
