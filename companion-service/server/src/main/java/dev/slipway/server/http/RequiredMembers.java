package dev.slipway.server.http;

import dev.slipway.api.problems.ProblemError;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a request left out: record components that are null though they are not {@link Nullable}, in the whole tree
 * of a body. So a record says by its types what is required, and nothing can contradict it.
 */
final class RequiredMembers {
    private final List<ProblemError> missing = new ArrayList<>();

    private RequiredMembers() {}

    static List<ProblemError> missingIn(@Nullable Object body) {
        RequiredMembers search = new RequiredMembers();
        search.visit("", body);
        return search.missing;
    }

    private void visit(String pointer, @Nullable Object value) {
        if (value instanceof Record tree) {
            for (RecordComponent component : tree.getClass().getRecordComponents()) {
                visit(pointer, component, tree);
            }
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                member(pointer + "/" + i, list.get(i));
            }
        } else if (value instanceof Map<?, ?> map && map.values().stream().anyMatch(Record.class::isInstance)) {
            map.forEach((key, each) -> member(pointer + "/" + key, each));
        }
    }

    private void visit(String pointer, RecordComponent component, Record tree) {
        String inner = pointer + "/"
                + Json.mapper()
                        .getPropertyNamingStrategy()
                        .nameForField(Json.mapper().getSerializationConfig(), null, component.getName());
        Object value = valueOf(component, tree);
        if (value == null && component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
            return;
        }
        member(inner, value);
    }

    private void member(String pointer, @Nullable Object value) {
        if (value == null) {
            missing.add(new ProblemError(pointer, "is required"));
        } else {
            visit(pointer, value);
        }
    }

    private static @Nullable Object valueOf(RecordComponent component, Record tree) {
        try {
            return component.getAccessor().invoke(tree);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("a record's accessor is readable: " + component, e);
        }
    }
}
