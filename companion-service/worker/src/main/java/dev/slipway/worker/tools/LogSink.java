package dev.slipway.worker.tools;

import java.nio.charset.StandardCharsets;

/**
 * Takes a task's log as it grows. Called from several threads, one call at a time per running tool; must not block for
 * long (what it can't pass on it buffers or drops) and must not throw.
 */
@FunctionalInterface
public interface LogSink {
    /** A sink that keeps nothing. */
    LogSink NONE = (bytes, offset, length) -> {};

    /** The array is the caller's again when this returns. */
    void write(byte[] bytes, int offset, int length);

    /** Writes one line of the engine's own; the line end is added. */
    default void line(String text) {
        byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
        write(bytes, 0, bytes.length);
    }
}
