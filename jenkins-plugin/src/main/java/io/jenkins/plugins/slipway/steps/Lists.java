package io.jenkins.plugins.slipway.steps;

import dev.slipway.client.steps.Arguments;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Lists among the arguments of steps. */
final class Lists {
    private static final int LONGEST_LABEL = 80;

    private Lists() {}

    /** Single words, also where a form gave all of them as one text. */
    @NonNull
    static ArrayList<String> words(@CheckForNull List<String> given) {
        return new ArrayList<>(Arguments.split(given));
    }

    /** Whole lines, also where a form gave all of them as one text. */
    @NonNull
    static ArrayList<String> lines(@CheckForNull List<String> given) {
        return new ArrayList<>(Arguments.lines(given));
    }

    @NonNull
    static <T> ArrayList<T> copy(@CheckForNull List<T> given) {
        ArrayList<T> copy = new ArrayList<>();
        if (given != null) {
            given.stream().filter(item -> item != null).forEach(copy::add);
        }
        return copy;
    }

    /** What a getter of an optional list gives, so that scripts made of it leave the argument out when it is empty. */
    @CheckForNull
    static <T> List<T> orNull(@CheckForNull List<T> list) {
        return list == null || list.isEmpty() ? null : List.copyOf(list);
    }

    /** One argument as a short text for the list of a run's steps. */
    @CheckForNull
    static String label(@NonNull Map<String, Object> arguments, @NonNull String name) {
        Object value = arguments.get(name);
        if (value == null) {
            return null;
        }
        String text = value instanceof Collection<?> many
                ? many.stream().map(String::valueOf).collect(Collectors.joining(", "))
                : String.valueOf(value);
        return text.length() <= LONGEST_LABEL ? text : text.substring(0, LONGEST_LABEL - 1) + "\u2026";
    }
}
