package dev.slipway.server.login;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Claims that must have certain values: an issuer that serves everybody says with them whose program or person it is. */
public record ClaimRules(Map<String, String> required) {
    public ClaimRules {
        required = Map.copyOf(required);
    }

    /**
     * Of the form {@code claim=value,claim=value}.
     *
     * @throws IllegalArgumentException when it is not
     */
    public static Map<String, String> pairs(String text) {
        Map<String, String> pairs = new LinkedHashMap<>();
        Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(p -> !p.isEmpty())
                .forEach(pair -> {
                    int equals = pair.indexOf('=');
                    if (equals < 1 || equals == pair.length() - 1) {
                        throw new IllegalArgumentException("'" + pair + "' is not of the form name=value");
                    }
                    pairs.put(pair.substring(0, equals), pair.substring(equals + 1));
                });
        return pairs;
    }

    boolean hold(Map<String, Object> claims) {
        return required.entrySet().stream().allMatch(rule -> has(claims.get(rule.getKey()), rule.getValue()));
    }

    /** A claim with several values has each of them. */
    private static boolean has(@Nullable Object claim, String value) {
        return claim instanceof Collection<?> values
                ? values.stream().anyMatch(v -> String.valueOf(v).equals(value))
                : Objects.toString(claim, "").equals(value);
    }
}
