package dev.slipway.worker.runtime;

import dev.slipway.client.http.ApiException;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Repeats a call about a held task until the companion has answered it, however long it is away, or the task is lost. */
final class Persistence {
    private static final Logger LOG = LoggerFactory.getLogger(Persistence.class);
    private static final long SHORTEST_MS = 500;
    private static final long LONGEST_MS = 15_000;

    /** A call that may be repeated without harm. */
    interface Call<T> {
        T call() throws IOException;
    }

    private Persistence() {}

    static <T> T until(HeldTask held, String what, Call<T> call) throws IOException, InterruptedException {
        long pause = SHORTEST_MS;
        boolean told = false;
        while (true) {
            try {
                return call.call();
            } catch (ApiException e) {
                if (e.status() < 500 && e.status() != 429) {
                    throw e;
                }
                told = tell(told, held, what, e);
            } catch (IOException e) {
                told = tell(told, held, what, e);
            }
            if (held.isLost()) {
                throw new IOException("task " + held.id() + " is lost; " + what + " given up");
            }
            Thread.sleep(pause);
            pause = Math.min(LONGEST_MS, pause * 2);
        }
    }

    private static boolean tell(boolean told, HeldTask held, String what, IOException e) {
        if (!told) {
            LOG.warn("task {}: {} has to wait: {}", held.id(), what, e.getMessage());
        }
        return true;
    }
}
