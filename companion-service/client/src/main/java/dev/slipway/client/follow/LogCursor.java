package dev.slipway.client.follow;

import dev.slipway.client.LogPiece;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the reading of a task's log stands: turns pieces of bytes into whole, cleaned lines, and keeps an unfinished
 * line until its end has come. Not safe for use by several threads.
 */
public final class LogCursor {
    private static final int LONGEST_LINE = 16 * 1024;

    private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();
    private long offset;
    private boolean complete;

    /** @param offset where to begin, for example after a restart */
    public LogCursor(long offset) {
        this.offset = offset;
    }

    /** Takes the next piece; the lines that it finished. */
    public List<String> take(LogPiece piece) {
        List<String> lines = new ArrayList<>();
        for (byte b : piece.bytes()) {
            if (b == '\n' || unfinished.size() >= LONGEST_LINE) {
                lines.add(flush());
            }
            if (b != '\n') {
                unfinished.write(b);
            }
        }
        offset = piece.next();
        complete = piece.complete();
        if (complete && unfinished.size() > 0) {
            lines.add(flush());
        }
        return lines;
    }

    private String flush() {
        String line = CleanText.line(unfinished.toString(StandardCharsets.UTF_8));
        unfinished.reset();
        return line;
    }

    /** What to ask for next; the bytes of an unfinished line are behind it already. */
    public long offset() {
        return offset;
    }

    /** Where the next whole line begins: what to keep for a later cursor. */
    public long lineOffset() {
        return offset - unfinished.size();
    }

    /** Whether all there is has been taken. */
    public boolean complete() {
        return complete;
    }
}
