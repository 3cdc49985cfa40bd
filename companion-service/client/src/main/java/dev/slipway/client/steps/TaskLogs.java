package dev.slipway.client.steps;

import dev.slipway.client.LogPiece;
import dev.slipway.client.SlipwayClient;
import dev.slipway.client.follow.LogCursor;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prints what the logs of tasks have gained, each line with its task in front, up to a bound for each and one for all. */
final class TaskLogs {
    private static final int PIECE = 64 * 1024;
    private static final int PIECES_A_ROUND = 16;
    /** Beyond it a console is no place to read a log. */
    private static final long MOST = 4L * 1024 * 1024;
    /** The same for all tasks of a step together. */
    private static final long MOST_TOGETHER = 64L * 1024 * 1024;

    private final Map<Long, LogCursor> cursors = new HashMap<>();
    private long together;

    /**
     * Prints what is new.
     *
     * @param build of all tasks whose logs are printed here
     * @param url where the whole log is
     * @return whether there was anything
     */
    boolean print(long build, long task, String prefix, String url, SlipwayClient client, StepSession session)
            throws IOException {
        String name = "log." + task;
        LogCursor cursor = cursor(task, session.memory().number(name));
        long before = cursor.offset();
        for (int i = 0; i < PIECES_A_ROUND && !done(task); i++) {
            LogPiece piece = client.tasks().log(task, cursor.offset(), PIECE);
            long stood = cursor.lineOffset();
            cursor.take(piece).forEach(line -> session.print(prefix + line));
            together += cursor.lineOffset() - stood;
            session.note(name, Long.toString(cursor.lineOffset()));
            if (!cursor.complete() && cursor.lineOffset() >= MOST) {
                session.print(prefix + "… the rest of this log is only at " + url);
            } else if (together >= MOST_TOGETHER) {
                session.print("… the rest of these logs is only at " + Links.build(client, build));
            }
            if (piece.bytes().length < PIECE) {
                break;
            }
        }
        return cursor.offset() > before;
    }

    private LogCursor cursor(long task, @Nullable Long kept) {
        LogCursor known = cursors.get(task);
        if (known != null) {
            return known;
        }
        LogCursor cursor = new LogCursor(kept == null ? 0 : kept);
        cursors.put(task, cursor);
        together += cursor.offset();
        return cursor;
    }

    /** Whether nothing more of this log will be printed. */
    boolean done(long task) {
        LogCursor cursor = cursors.get(task);
        return cursor != null && (cursor.complete() || cursor.lineOffset() >= MOST || together >= MOST_TOGETHER);
    }
}
