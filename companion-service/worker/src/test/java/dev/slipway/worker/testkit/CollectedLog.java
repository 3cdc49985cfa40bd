package dev.slipway.worker.testkit;

import dev.slipway.worker.tools.LogSink;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A log kept as text. */
public final class CollectedLog implements LogSink {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public synchronized void write(byte[] chunk, int offset, int length) {
        bytes.write(chunk, offset, length);
    }

    public synchronized String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
