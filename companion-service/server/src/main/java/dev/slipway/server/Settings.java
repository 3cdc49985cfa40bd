package dev.slipway.server;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Function;

/**
 * Named values that an operator may set, each with a default where it is used. Names have the form {@code area.word};
 * durations are ISO-8601 ({@code PT60S}).
 */
public final class Settings {
    private final Map<String, String> values;
    private final Set<String> known = new ConcurrentSkipListSet<>();

    public Settings(Map<String, String> values) {
        this.values = new TreeMap<>(values);
    }

    public Duration duration(String name, Duration fallback) {
        return value(name, fallback, Duration::parse, "a duration such as PT60S or P1D");
    }

    public long number(String name, long fallback) {
        return value(name, fallback, Long::parseLong, "a whole number");
    }

    public boolean flag(String name, boolean fallback) {
        return value(
                name,
                fallback,
                text -> switch (text) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw new IllegalArgumentException(text);
                },
                "true or false");
    }

    public String text(String name, String fallback) {
        return value(name, fallback, text -> text, "a text");
    }

    /** A value of another kind; {@code parse} throws IllegalArgumentException that says what is wrong with a text. */
    public <T> T parsed(String name, T fallback, Function<String, T> parse) {
        return value(name, fallback, parse, "understood");
    }

    private <T> T value(String name, T fallback, Function<String, T> parse, String expected) {
        known.add(name);
        String text = values.get(name);
        if (text == null) {
            return fallback;
        }
        try {
            return parse.apply(text.strip());
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "the setting " + name + " must be " + expected + ", not '" + text + "'"
                            + (expected.equals("understood") ? ": " + e.getMessage() : ""),
                    e);
        }
    }

    /** Refuses names that nothing asked for: a misspelt setting must not be passed over in silence. */
    void refuseUnknown() {
        Set<String> unknown = new TreeSet<>(values.keySet());
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "unknown settings: " + String.join(", ", unknown) + "; there are: " + String.join(", ", known));
        }
    }
}
