package dev.slipway.worker.testing;

import dev.slipway.worker.tools.LogSink;
import java.nio.charset.StandardCharsets;

/** Passes output on and keeps the end of it. */
final class Tail implements LogSink {
    private static final int KEPT = 8 * 1024;

    private final LogSink sink;
    private final byte[] ring = new byte[KEPT];
    private long count;

    Tail(LogSink sink) {
        this.sink = sink;
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        sink.write(bytes, offset, length);
        for (int i = Math.max(0, length - KEPT); i < length; i++) {
            ring[(int) ((count + i) % KEPT)] = bytes[offset + i];
        }
        count += length;
    }

    synchronized boolean isEmpty() {
        return count == 0;
    }

    /** The last few thousand bytes, from the start of a line where that leaves any. */
    synchronized String text() {
        int kept = (int) Math.min(count, KEPT);
        byte[] end = new byte[kept];
        for (int i = 0; i < kept; i++) {
            end[i] = ring[(int) ((count - kept + i) % KEPT)];
        }
        String text = new String(end, StandardCharsets.UTF_8);
        int line = text.indexOf('\n');
        // A database can't keep NUL in its texts.
        return (count > KEPT && line >= 0 ? text.substring(line + 1) : text).replace('\0', '?');
    }
}
