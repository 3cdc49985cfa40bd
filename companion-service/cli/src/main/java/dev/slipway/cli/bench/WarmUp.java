package dev.slipway.cli.bench;

import java.util.concurrent.TimeUnit;

/** Lets a companion that has just started compile its own code, which it does beside its work for a minute or two. */
final class WarmUp {
    /** Connections of a warm-up: with more, the compiler would hardly ever have a processor, and warming up takes longer. */
    static final int CONNECTIONS = 2;

    private static final int MOST_ROUNDS = 24;
    private static final double STEADY = 0.97;
    private static final int ENOUGH = 3;

    private WarmUp() {}

    /** Some work that is to be measured afterwards. */
    @FunctionalInterface
    interface Round {
        void run() throws Exception;
    }

    /**
     * Does the work again and again until three rounds in a row were hardly faster than the best before.
     *
     * @return the best round's seconds
     */
    static double run(Round round) throws Exception {
        double best = Double.MAX_VALUE;
        for (int i = 0, noBetter = 0; i < MOST_ROUNDS && noBetter < ENOUGH; i++) {
            long begun = System.nanoTime();
            round.run();
            double seconds = (double) (System.nanoTime() - begun) / TimeUnit.SECONDS.toNanos(1);
            noBetter = seconds < best * STEADY ? 0 : noBetter + 1;
            best = Math.min(best, seconds);
        }
        return best;
    }
}
