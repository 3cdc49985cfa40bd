package dev.slipway.cli.bench;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * Lets a companion that has just started compile its own code, which it does beside its work for a minute or two: the
 * same request costs it three times as much before as afterwards.
 */
final class WarmUp {
    /** Connections of a warm-up: with more, the compiler would hardly ever have a processor, and warming up takes longer. */
    static final int CONNECTIONS = 2;

    private static final int MOST_ROUNDS = 40;
    private static final int ENOUGH = 3;
    private static final double IDLE_PART = 0.03;

    private WarmUp() {}

    /** Some work that is to be measured afterwards. */
    @FunctionalInterface
    interface Round {
        void run() throws Exception;
    }

    /** The seconds of processor time that compiling has taken so far. */
    @FunctionalInterface
    interface Compiler {
        double seconds() throws IOException;
    }

    /**
     * Does the work again and again until the compiler had next to nothing to do for three rounds in a row. The rounds'
     * own times would not tell it: on a machine that others use too they differ more than compiling makes them.
     *
     * @return the rounds that it took
     */
    static int run(Compiler compiler, Round round) throws Exception {
        int rounds = 0;
        for (int idle = 0; rounds < MOST_ROUNDS && idle < ENOUGH; rounds++) {
            double compiled = compiler.seconds();
            long begun = System.nanoTime();
            round.run();
            double seconds = (double) (System.nanoTime() - begun) / TimeUnit.SECONDS.toNanos(1);
            idle = compiler.seconds() - compiled < IDLE_PART * seconds ? idle + 1 : 0;
        }
        return rounds;
    }
}
