package dev.slipway.client.steps;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What a step must not forget when its process ends: short texts by name. Safe for use by several threads. */
public final class Memory {
    private static final String KEY = "key";
    private static final String STARTED = "started";
    private static final String ID = "id";

    private final Map<String, String> values;

    /** @param saved what {@link #copy} gave before */
    public Memory(Map<String, String> saved) {
        values = new ConcurrentHashMap<>(saved);
    }

    /** All of it, to be kept; it does not change any more. */
    public Map<String, String> copy() {
        return Map.copyOf(values);
    }

    @Nullable
    String get(String name) {
        return values.get(name);
    }

    void put(String name, String value) {
        values.put(name, value);
    }

    @Nullable
    Long number(String name) {
        String value = values.get(name);
        return value == null ? null : Long.valueOf(value);
    }

    /** The key by which the companion recognises this request; empty before there is one. */
    public String key() {
        return values.getOrDefault(KEY, "");
    }

    void key(String key) {
        values.put(KEY, key);
    }

    /** Whether the companion took the request. */
    public boolean started() {
        return values.containsKey(STARTED);
    }

    void markStarted() {
        values.put(STARTED, "yes");
    }

    /** Of the remote thing; null before the companion named it. */
    public @Nullable Long id() {
        return number(ID);
    }

    void id(long id) {
        values.put(ID, Long.toString(id));
    }
}
