package dev.slipway.client.steps;

import dev.slipway.client.SlipwayClient;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Says why nothing happens, when nothing happens for a while. */
final class Waits {
    private static final Duration A_WHILE = Duration.ofSeconds(20);

    private @Nullable Instant since;
    private @Nullable Instant asked;
    private String told = "";

    /** Something runs. */
    void over() {
        since = null;
        asked = null;
    }

    /** Nothing runs; the task could. */
    void waiting(long task, SlipwayClient client, StepSession session) throws IOException {
        Instant now = session.now();
        Instant began = since;
        if (began == null) {
            since = now;
            return;
        }
        Instant last = asked == null ? began : asked;
        if (now.isBefore(last.plus(A_WHILE))) {
            return;
        }
        asked = now;
        String summary = client.tasks().explain(task).summary();
        if (!summary.equals(told)) {
            told = summary;
            session.print("Waiting: " + summary);
        }
    }
}
