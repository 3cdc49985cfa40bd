package dev.slipway.api.tasks;

import dev.slipway.api.Copies;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a task is where it is.
 *
 * @param summary one sentence for people
 * @param waitsFor tasks that must end first
 * @param slot what a worker must offer
 * @param workers live workers that offer it; draining ones are named in {@code summary}
 * @param queuePosition 1 for the next to be handed out in its slot; null when it isn't ready
 * @param expectedSeconds a forecast of the waiting time from the queue and recent durations; null when nothing is known
 */
public record TaskExplanation(
        long id,
        String state,
        String summary,
        List<Waiting> waitsFor,
        String slot,
        List<String> workers,
        @Nullable Long queuePosition,
        @Nullable Long expectedSeconds) {
    public TaskExplanation {
        waitsFor = Copies.list(waitsFor);
        workers = Copies.list(workers);
    }

    /** @param what what that task makes, such as {@code source package of https://…/wordfreq.git for el9} */
    public record Waiting(long taskId, String state, String arch, String what) {}
}
