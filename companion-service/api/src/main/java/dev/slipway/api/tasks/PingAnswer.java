package dev.slipway.api.tasks;

import dev.slipway.api.Copies;
import java.util.List;

/**
 * @param renewed tasks whose lease lives on
 * @param stop tasks to stop now; the lease still holds, so that the end can be reported
 * @param lost tasks that are no longer the caller's; their work is to be dropped
 */
public record PingAnswer(List<Long> renewed, List<Stop> stop, List<Long> lost) {
    public PingAnswer {
        renewed = Copies.list(renewed);
        stop = Copies.list(stop);
        lost = Copies.list(lost);
    }

    public record Stop(long taskId, String reason) {}
}
