package dev.slipway.cli;

import dev.slipway.client.http.UnreachableException;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Predicate;

/** Looks again and again until something holds; a companion that is away for a while does not end the wait. */
final class Waiting {
    private static final Duration SHORTEST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** Asks the companion. */
    interface Look<T> {
        T look() throws IOException;
    }

    private Waiting() {}

    static <T> T until(Look<T> look, Predicate<T> done, Output output) throws IOException, InterruptedException {
        Duration pause = SHORTEST;
        long unreachableSince = 0;
        while (true) {
            try {
                T seen = look.look();
                if (unreachableSince != 0) {
                    output.say("the companion answers again");
                    unreachableSince = 0;
                }
                if (done.test(seen)) {
                    return seen;
                }
            } catch (UnreachableException e) {
                if (unreachableSince == 0) {
                    unreachableSince = System.nanoTime();
                    output.say(e.getMessage() + "; trying on");
                }
                if (System.nanoTime() - unreachableSince > PATIENCE.toNanos()) {
                    throw e;
                }
            }
            Thread.sleep(pause.toMillis());
            pause = pause.multipliedBy(5).dividedBy(4);
            if (pause.compareTo(LONGEST) > 0) {
                pause = LONGEST;
            }
        }
    }
}
