package io.jenkins.plugins.slipway.steps;

import dev.slipway.client.follow.CleanText;
import dev.slipway.client.follow.Masking;
import dev.slipway.client.steps.WorkerProgram;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.console.LineTransformationOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What a worker program prints: made harmless, without its secrets, marked as its own, and read for how much it did. */
final class ProgramOutput extends LineTransformationOutputStream {
    private static final int LONGEST_LINE = 16 << 10;

    private final Consumer<String> lines;
    private final List<String> secrets = new ArrayList<>();
    private volatile Masking masking = new Masking(List.of());
    private volatile int tasks;
    private int length;

    ProgramOutput(@NonNull Consumer<String> lines) {
        this.lines = lines;
    }

    /** Cuts a line that does not end, so that it is not kept in memory whole. */
    @Override
    public void write(int b) throws IOException {
        super.write(b);
        length++;
        if (length >= LONGEST_LINE) {
            forceEol();
        }
    }

    @Override
    protected void eol(byte[] b, int len) {
        length = 0;
        String line = masking.line(CleanText.line(new String(b, 0, len, StandardCharsets.UTF_8)));
        WorkerProgram.tasksDone(line).ifPresent(done -> tasks = done);
        lines.accept("[worker] " + line);
    }

    /** Masks these from now on, beside all that were masked before. */
    synchronized void mask(@NonNull List<String> more) {
        secrets.addAll(more);
        masking = new Masking(secrets);
    }

    /** How many tasks the program said that it did. */
    int tasks() {
        return tasks;
    }
}
