package dev.slipway.worker.tools;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Starts programs that end when their standard input does: the worker's scripts see to that, so that a worker that dies takes
 * its tools with it. To kill one is to close its input; what doesn't heed that within seconds is killed by signal. Thread-safe.
 */
public final class ProcessRunner {
    private static final int KILL_GRACE_SECONDS = 10;
    private static final int BUFFER = 16 * 1024;

    /**
     * Runs a command to its end.
     *
     * @param output takes both its outputs
     * @throws CancelledException when it was killed for that reason
     * @throws ToolException when it can't be started
     */
    public Exit run(Command command, LogSink output, Cancellation cancellation) {
        return run(command, output, null, cancellation);
    }

    /**
     * Runs a command whose standard output is data.
     *
     * @param errors takes its standard error
     */
    public Captured capture(Command command, LogSink errors, Cancellation cancellation) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Exit exit = run(command, bytes::write, errors, cancellation);
        return new Captured(exit, bytes.toString(StandardCharsets.UTF_8));
    }

    /** As {@link #run(Command, LogSink, Cancellation)}, with standard error apart unless {@code errors} is null. */
    public Exit run(Command command, LogSink output, @Nullable LogSink errors, Cancellation cancellation) {
        cancellation.check();
        Process process = start(command, errors == null);
        AtomicBoolean timedOut = new AtomicBoolean();
        AtomicLong left = new AtomicLong(command.outputLimit());
        Runnable tooMuch = () -> kill(process);
        CompletableFuture<@Nullable Void> alarm = new CompletableFuture<>();
        CompletableFuture<Void> killed = alarm.completeOnTimeout(
                        null, command.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .thenRun(() -> {
                    timedOut.set(true);
                    kill(process);
                });
        try (Cancellation.Registration registration = cancellation.onCancel(() -> kill(process))) {
            Thread errorPump = null;
            if (errors != null) {
                errorPump = new Thread(() -> pump(process.getErrorStream(), errors, left, tooMuch), "tool-errors");
                errorPump.setDaemon(true);
                errorPump.start();
            }
            pump(process.getInputStream(), output, left, tooMuch);
            if (errorPump != null) {
                errorPump.join();
            }
            int code = process.waitFor();
            cancellation.check();
            return new Exit(
                    code,
                    left.get() < 0 ? Exit.End.OUTPUT_LIMIT : timedOut.get() ? Exit.End.TIMED_OUT : Exit.End.BY_ITSELF);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException("the worker is stopping");
        } finally {
            alarm.cancel(false);
            killed.cancel(false);
            kill(process);
        }
    }

    private static Process start(Command command, boolean merged) {
        ProcessBuilder builder = new ProcessBuilder(command.arguments());
        builder.environment().clear();
        builder.environment().putAll(command.environment());
        builder.directory(
                command.directory() == null
                        ? new java.io.File("/")
                        : command.directory().toFile());
        builder.redirectErrorStream(merged);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new ToolException("cannot run " + command.arguments().get(0) + ": " + e.getMessage(), e);
        }
    }

    /** Reads on beyond the limit, without effect, so that the dying program doesn't block. */
    private static void pump(InputStream stream, LogSink sink, AtomicLong left, Runnable tooMuch) {
        byte[] buffer = new byte[BUFFER];
        try (stream) {
            int count;
            while ((count = stream.read(buffer)) >= 0) {
                long before = left.getAndAdd(-count);
                int kept = (int) Math.max(0, Math.min(count, before));
                if (kept > 0) {
                    sink.write(buffer, 0, kept);
                }
                if (before >= 0 && before < count) {
                    tooMuch.run();
                }
            }
        } catch (IOException e) {
            // The program is dead or about to be; its exit code tells.
        }
    }

    private static void kill(Process process) {
        if (!process.isAlive()) {
            return;
        }
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            process.destroyForcibly();
        }
        CompletableFuture.delayedExecutor(KILL_GRACE_SECONDS, TimeUnit.SECONDS)
                .execute(() -> process.destroyForcibly());
    }
}
