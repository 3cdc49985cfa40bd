package dev.slipway.server.http;

import dev.slipway.api.problems.ProblemError;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a request left out: record components that are null though they are not {@link Nullable}, in the whole tree
 * of a body. So a record says by its types what is required, and nothing can contradict it.
 */
final class RequiredMembers {
    /** A record's member as JSON names it, and whether it may be left out. */
    private record Member(String name, Method accessor, boolean optional) {
        static Member of(RecordComponent component) {
            String name = Json.mapper()
                    .getPropertyNamingStrategy()
                    .nameForField(Json.mapper().getSerializationConfig(), null, component.getName());
            return new Member(
                    name, component.getAccessor(), component.getAnnotatedType().isAnnotationPresent(Nullable.class));
        }

        @Nullable
        Object valueIn(Record tree) {
            try {
                return accessor.invoke(tree);
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new IllegalStateException("a record's accessor is readable: " + accessor, e);
            }
        }
    }

    /** Reflection is asked once for each record. */
    private static final ClassValue<List<Member>> MEMBERS = new ClassValue<>() {
        @Override
        protected List<Member> computeValue(Class<?> type) {
            return Arrays.stream(type.getRecordComponents()).map(Member::of).toList();
        }
    };

    private final List<ProblemError> missing = new ArrayList<>();

    private RequiredMembers() {}

    static List<ProblemError> missingIn(@Nullable Object body) {
        RequiredMembers search = new RequiredMembers();
        search.visit("", body);
        return search.missing;
    }

    private void visit(String pointer, @Nullable Object value) {
        if (value instanceof Record tree) {
            for (Member member : MEMBERS.get(tree.getClass())) {
                Object inner = member.valueIn(tree);
                if (inner != null || !member.optional()) {
                    member(pointer + "/" + member.name(), inner);
                }
            }
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                member(pointer + "/" + i, list.get(i));
            }
        } else if (value instanceof Map<?, ?> map && map.values().stream().anyMatch(Record.class::isInstance)) {
            map.forEach((key, each) -> member(pointer + "/" + key, each));
        }
    }

    private void member(String pointer, @Nullable Object value) {
        if (value == null) {
            missing.add(new ProblemError(pointer, "is required"));
        } else {
            visit(pointer, value);
        }
    }
}
