package dev.slipway.server.tasks;

import dev.slipway.server.http.Asker;
import dev.slipway.server.http.Streams;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Logs as event streams. An event holds whole lines, without the last line feed, and its id is the offset behind them; only
 * a line longer than a batch, and the log's last words, may come without a line feed in the log.
 */
public final class LogFeeds {
    private static final int BATCH = 64 << 10;

    private final TaskLogs logs;
    private final Streams streams;

    public LogFeeds(TaskLogs logs, Streams streams) {
        this.logs = logs;
        this.streams = streams;
    }

    void open(Asker reader, long taskId, long offset, SseEventSink sink, Sse sse) {
        logs.extent(taskId);
        streams.open(
                reader, sink, sse, TaskLogs.TOPIC, String.valueOf(taskId), offset, cursor -> after(taskId, cursor));
    }

    Streams.Batch after(long taskId, long offset) {
        TaskLogs.Extent extent = logs.extent(taskId);
        long from = Math.min(offset, extent.size());
        byte[] bytes = read(taskId, extent, from, Math.min(extent.size(), from + BATCH));
        boolean last = from + bytes.length == extent.size();
        int length = wholeLines(bytes, bytes.length == BATCH || last && extent.complete());
        boolean complete = extent.complete() && from + length == extent.size();
        if (length == 0) {
            return new Streams.Batch(List.of(), from, complete);
        }
        long next = from + length;
        int shown = bytes[length - 1] == '\n' ? length - 1 : length;
        String text = new String(bytes, 0, shown, StandardCharsets.UTF_8);
        return new Streams.Batch(List.of(new Streams.Item(String.valueOf(next), "log", text)), next, complete);
    }

    /** How many bytes to show: up to the last line feed; without one nothing, or all when no more fits or comes. */
    private static int wholeLines(byte[] bytes, boolean forced) {
        for (int i = bytes.length; i > 0; i--) {
            if (bytes[i - 1] == '\n') {
                return forced && bytes.length < BATCH ? bytes.length : i;
            }
        }
        return forced ? bytes.length : 0;
    }

    private byte[] read(long taskId, TaskLogs.Extent extent, long from, long to) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream((int) (to - from));
            logs.copy(taskId, extent, from, to, out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the log of task " + taskId, e);
        }
    }
}
