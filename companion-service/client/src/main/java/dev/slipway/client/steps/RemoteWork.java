package dev.slipway.client.steps;

import dev.slipway.client.SlipwayClient;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One kind of remote work. Calls block. {@link #start} and {@link #cancel} may run beside a {@link #look} that hangs;
 * apart from that one thread calls at a time.
 */
public interface RemoteWork {
    /** What is done to what, as a title among the steps of a run. Calls nobody; never changes. */
    String title();

    /** What is waited for, as a short phrase. Calls nobody. */
    String waitingFor(Memory memory);

    /** Asks for the work and remembers its id. Asking again with the same memory starts nothing anew. */
    void start(SlipwayClient client, StepSession session) throws IOException;

    /** Looks once and tells what is new; the end of the step, or null while it goes on. */
    @Nullable
    Outcome look(SlipwayClient client, StepSession session) throws IOException;

    /** Asks the companion to stop the work; whether nothing of it runs any more. */
    boolean cancel(SlipwayClient client, StepSession session) throws IOException;
}
