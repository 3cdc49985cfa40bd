package dev.slipway.client.steps;

import java.io.IOException;
import java.util.Map;

/** Where a step runs. Safe for use by several threads. */
public interface StepHost {
    /** Prints one line, which holds nothing that a console could mistake for an order. */
    void print(String line);

    /**
     * Keeps what the step must not forget; when this returns, it outlives the process.
     *
     * @throws java.io.InterruptedIOException when it is worth trying again
     * @throws IOException when it cannot be kept
     */
    void save(Map<String, String> memory) throws IOException;

    /**
     * Keeps what people look at.
     *
     * @throws IOException when it cannot be kept; the step goes on
     */
    void show(Snapshot snapshot) throws IOException;
}
