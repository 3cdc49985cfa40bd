package dev.slipway.cli.bench;

import dev.slipway.cli.bench.Wire.Answer;
import dev.slipway.cli.bench.Wire.Request;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Sends requests over several connections, over each the next one as soon as the last one's answer is there. */
final class Load {
    /** What one connection does; used by one thread. */
    interface Caller {
        /** As whom. */
        String token();

        /** The next request; null when it is done. */
        @Nullable
        Request next();

        /** Looks at an answer, outside the time that is measured. */
        default void answered(Answer answer) throws IOException {
            if (answer.status() != 200) {
                throw new IOException("answered " + answer.status() + ": " + answer.text());
            }
        }
    }

    private Load() {}

    /**
     * Runs until every caller is done.
     *
     * @throws IOException when a caller did not like an answer, or a connection broke
     */
    static Latencies run(URI server, int connections, IntFunction<Caller> callers)
            throws IOException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(connections);
        try {
            CountDownLatch ready = new CountDownLatch(connections);
            CountDownLatch go = new CountDownLatch(1);
            List<Future<long[]>> running = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                Caller caller = callers.apply(i);
                running.add(threads.submit(() -> call(server, caller, ready, go)));
            }
            ready.await();
            long begun = System.nanoTime();
            go.countDown();
            List<long[]> taken = new ArrayList<>();
            for (Future<long[]> each : running) {
                taken.add(each.get());
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            return Latencies.of(taken.stream().flatMapToLong(Arrays::stream).toArray(), seconds);
        } catch (ExecutionException e) {
            throw new IOException("a request failed: " + e.getMessage(), e);
        } finally {
            threads.shutdownNow();
        }
    }

    private static long[] call(URI server, Caller caller, CountDownLatch ready, CountDownLatch go) throws Exception {
        long[] nanos = new long[1024];
        int count = 0;
        Wire wire;
        try {
            wire = new Wire(server, caller.token());
        } finally {
            ready.countDown();
        }
        try (wire) {
            go.await();
            for (Request request = caller.next(); request != null; request = caller.next()) {
                long sent = System.nanoTime();
                Answer answer = wire.send(request);
                if (count == nanos.length) {
                    nanos = Arrays.copyOf(nanos, 2 * count);
                }
                nanos[count++] = System.nanoTime() - sent;
                caller.answered(answer);
            }
        }
        return Arrays.copyOf(nanos, count);
    }
}
