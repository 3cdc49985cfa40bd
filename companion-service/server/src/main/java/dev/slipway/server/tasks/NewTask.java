package dev.slipway.server.tasks;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task to be made.
 *
 * @param arch {@code src} for a source package, otherwise the architecture; empty for a sign task
 * @param dependsOn ids of tasks that must end first
 */
public record NewTask(
        String kind,
        String slot,
        @Nullable Long buildId,
        long ownerId,
        String arch,
        int priority,
        int timeoutSeconds,
        List<Long> dependsOn) {}
