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

/** Refuses query and matrix parameters that a resource method does not have: a misspelt filter must not select everything. */
public final class StrictParameters implements DynamicFeature {
    @Override
    public void configure(ResourceInfo resource, FeatureContext context) {
        if (resource.getResourceMethod().isAnnotationPresent(AnyParameters.class)) {
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

    private record Check(Set<String> known) implements ContainerRequestFilter {
        @Override
        public void filter(ContainerRequestContext request) {
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
