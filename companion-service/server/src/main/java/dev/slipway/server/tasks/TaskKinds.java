package dev.slipway.server.tasks;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The kinds of tasks, each registered once while the companion is put together. */
public final class TaskKinds {
    private final Map<String, TaskKind> kinds = new ConcurrentHashMap<>();

    /**
     * Adds a kind.
     *
     * @throws IllegalStateException when one of that name is there
     */
    public void register(TaskKind kind) {
        if (kinds.putIfAbsent(kind.kind(), kind) != null) {
            throw new IllegalStateException("two kinds of tasks are called " + kind.kind());
        }
    }

    /** @throws IllegalStateException when none is registered */
    TaskKind of(TaskRow task) {
        TaskKind kind = kinds.get(task.kind());
        if (kind == null) {
            throw new IllegalStateException("nobody knows tasks of the kind " + task.kind());
        }
        return kind;
    }
}
