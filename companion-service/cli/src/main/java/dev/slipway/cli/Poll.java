package dev.slipway.cli;

import java.io.IOException;
import java.util.function.Predicate;

/** Looks until something holds, at most as long as the slowest step may take. */
public final class Poll {
    private static final long PAUSE_MS = 250;
    private static final long LONGEST_NANOS = 30L * 60 * 1_000_000_000;

    /** What is looked at. */
    public interface Look<T> {
        T look() throws IOException;
    }

    private Poll() {}

    /**
     * The first sight of which {@code done} holds.
     *
     * @throws IllegalStateException when half an hour went by without one
     */
    public static <T> T until(Look<T> look, Predicate<T> done) throws IOException, InterruptedException {
        long end = System.nanoTime() + LONGEST_NANOS;
        while (true) {
            T seen = look.look();
            if (done.test(seen)) {
                return seen;
            }
            if (System.nanoTime() > end) {
                throw new IllegalStateException("nothing came of it within half an hour; last seen: " + seen);
            }
            Thread.sleep(PAUSE_MS);
        }
    }
}
