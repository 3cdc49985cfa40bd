package dev.slipway.client.http;

import java.io.InterruptedIOException;
import java.time.Duration;

/** Waits between attempts; replaced in tests. */
@FunctionalInterface
public interface Pause {
    /**
     * Waits for as long as asked.
     *
     * @throws InterruptedIOException when the thread is interrupted meanwhile; its interrupt flag is set again
     */
    void await(Duration time) throws InterruptedIOException;

    /** Sleeps on the calling thread. */
    static Pause sleeping() {
        return time -> {
            try {
                Thread.sleep(time.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while waiting for the companion");
            }
        };
    }
}
