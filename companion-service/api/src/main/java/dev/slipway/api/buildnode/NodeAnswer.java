package dev.slipway.api.buildnode;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a ping and to a report.
 *
 * @param ok always true
 * @param stop to a ping: those of the node's tasks that were cancelled; absent when there are none
 * @param message to a report: why its content was refused, with which the task has failed
 */
public record NodeAnswer(
        boolean ok, @Nullable List<Long> stop, @Nullable String message) {
    public NodeAnswer {
        stop = stop == null || stop.isEmpty() ? null : List.copyOf(stop);
    }
}
