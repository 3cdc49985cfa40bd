package dev.slipway.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Unmodifiable copies for record components; what the wire left out becomes empty. */
public final class Copies {
    private Copies() {}

    /** Throws NullPointerException for a null element, which a JSON mapper reports as a malformed document. */
    public static <T> List<T> list(@Nullable List<T> given) {
        return given == null ? List.of() : List.copyOf(given);
    }

    /** Keeps the order, and null values: free-form JSON may hold them. */
    public static <V> Map<String, V> map(@Nullable Map<String, V> given) {
        return given == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(given));
    }
}
