package dev.slipway.cli;

import dev.slipway.api.builds.Build;
import dev.slipway.api.builds.BuildTask;
import dev.slipway.client.LogPiece;
import dev.slipway.client.SlipwayClient;
import dev.slipway.client.follow.BuildProgress;
import dev.slipway.client.follow.LogCursor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/** Prints what the logs of a build's tasks have gained, each line with its task in front. */
final class TaskLogs {
    private static final int PIECE = 64 * 1024;

    private final SlipwayClient client;
    private final Output output;
    private final Map<Long, LogCursor> cursors = new HashMap<>();

    TaskLogs(SlipwayClient client, Output output) {
        this.client = client;
        this.output = output;
    }

    void print(Build build) {
        for (BuildTask task : build.tasks()) {
            if (task.startedAt() != null) {
                String prefix = "[" + BuildProgress.name(task.ref().url()) + " "
                        + task.platform().name() + "/" + task.arch() + "] ";
                read(task.id(), prefix);
            }
        }
    }

    private void read(long task, String prefix) {
        LogCursor cursor = cursors.computeIfAbsent(task, id -> new LogCursor(0));
        try {
            LogPiece piece;
            do {
                if (cursor.complete()) {
                    return;
                }
                piece = client.tasks().log(task, cursor.offset(), PIECE);
                cursor.take(piece).forEach(line -> output.say(prefix + line));
            } while (piece.bytes().length == PIECE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the log of task " + task, e);
        }
    }
}
