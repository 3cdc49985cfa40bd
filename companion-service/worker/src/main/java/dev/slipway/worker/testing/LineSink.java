package dev.slipway.worker.testing;

import dev.slipway.worker.tools.LogSink;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Passes output on and hands it out line by line; what a line has beyond some thousand bytes is left out. */
abstract class LineSink implements LogSink {
    private static final int MAX_LINE = 4096;

    private final LogSink sink;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    LineSink(LogSink sink) {
        this.sink = sink;
    }

    abstract void seen(String line);

    @Override
    public final synchronized void write(byte[] bytes, int offset, int length) {
        sink.write(bytes, offset, length);
        for (int i = offset; i < offset + length; i++) {
            if (bytes[i] == '\n') {
                end();
            } else if (line.size() < MAX_LINE) {
                line.write(bytes[i]);
            }
        }
    }

    /** To be called when there is no more: the last line may lack its end. */
    final synchronized void end() {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        seen(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
    }
}
