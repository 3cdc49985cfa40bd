package dev.slipway.client.steps;

import java.util.List;
import java.util.stream.Collectors;

/** Enumerations in the titles of steps, which stay short however much there is. */
final class Titles {
    private static final int MOST = 3;

    private Titles() {}

    /** The first of them, and how many more there are. */
    static String few(List<String> names) {
        String first = names.stream().limit(MOST).collect(Collectors.joining(", "));
        return names.size() <= MOST ? first : first + " and " + (names.size() - MOST) + " more";
    }

    static String builds(List<Long> ids) {
        return (ids.size() == 1 ? "build " : "builds ")
                + few(ids.stream().map(String::valueOf).toList());
    }
}
