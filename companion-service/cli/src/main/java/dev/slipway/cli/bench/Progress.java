package dev.slipway.cli.bench;

import dev.slipway.cli.Output;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Says what a run is busy with: a line when a step begins, one every few seconds while it lasts, one with its time. */
final class Progress {
    private static final int SECONDS_BETWEEN = 5;

    private final Output output;

    Progress(Output output) {
        this.output = output;
    }

    void say(String line) {
        output.say(line);
    }

    /** Runs a step that may take long. */
    @SuppressWarnings("FutureReturnValueIgnored") // it ends with the executor
    <T> T step(String name, Callable<T> work) throws Exception {
        long begun = System.nanoTime();
        say(name);
        ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "progress");
            thread.setDaemon(true);
            return thread;
        });
        ticker.scheduleAtFixedRate(
                () -> say("  … " + seconds(begun)), SECONDS_BETWEEN, SECONDS_BETWEEN, TimeUnit.SECONDS);
        try {
            return work.call();
        } finally {
            ticker.shutdownNow();
            say("  " + name + ": " + seconds(begun));
        }
    }

    private static String seconds(long begun) {
        return String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - begun) / 1e9);
    }
}
