package dev.slipway.client.steps;

import dev.slipway.client.LogPiece;
import dev.slipway.client.SlipwayClient;
import dev.slipway.client.follow.LogCursor;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Prints what the logs of tasks have gained, each line with its task in front, up to a bound for each task. */
final class TaskLogs {
    private static final int PIECE = 64 * 1024;
    private static final int PIECES_A_ROUND = 16;
    /** Beyond it a console is no place to read a log. */
    private static final long MOST = 4L * 1024 * 1024;

    private final Map<Long, LogCursor> cursors = new HashMap<>();

    /**
     * Prints what is new.
     *
     * @param url where the whole log is
     * @return whether there was anything
     */
    boolean print(long task, String prefix, String url, SlipwayClient client, StepSession session) throws IOException {
        String name = "log." + task;
        Long kept = session.memory().number(name);
        LogCursor cursor = cursors.computeIfAbsent(task, id -> new LogCursor(kept == null ? 0 : kept));
        long before = cursor.offset();
        for (int i = 0; i < PIECES_A_ROUND && !done(task); i++) {
            LogPiece piece = client.tasks().log(task, cursor.offset(), PIECE);
            cursor.take(piece).forEach(line -> session.print(prefix + line));
            if (cursor.lineOffset() >= MOST && !cursor.complete()) {
                session.print(prefix + "… the rest of this log is only at " + url);
            }
            session.note(name, Long.toString(cursor.lineOffset()));
            if (piece.bytes().length < PIECE) {
                break;
            }
        }
        return cursor.offset() > before;
    }

    /** Whether nothing more of this log will be printed. */
    boolean done(long task) {
        LogCursor cursor = cursors.get(task);
        return cursor != null && (cursor.complete() || cursor.lineOffset() >= MOST);
    }
}
