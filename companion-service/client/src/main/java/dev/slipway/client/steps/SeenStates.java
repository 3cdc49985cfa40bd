package dev.slipway.client.steps;

import dev.slipway.client.follow.BuildProgress;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The states of tasks that were told already, as one text to remember. */
final class SeenStates {
    private static final String NAME = "states";

    private SeenStates() {}

    static BuildProgress read(Memory memory) {
        Map<Long, String> known = new HashMap<>();
        String text = memory.get(NAME);
        if (text != null && !text.isEmpty()) {
            for (String one : text.split(" ", -1)) {
                int at = one.indexOf('=');
                known.put(Long.valueOf(one.substring(0, at)), one.substring(at + 1));
            }
        }
        return new BuildProgress(known);
    }

    static void note(BuildProgress progress, StepSession session) {
        session.note(
                NAME,
                new TreeMap<>(progress.known())
                        .entrySet().stream()
                                .map(e -> e.getKey() + "=" + e.getValue())
                                .collect(Collectors.joining(" ")));
    }
}
