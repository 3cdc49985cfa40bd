package dev.slipway.cli;

import dev.slipway.client.http.ApiException;
import dev.slipway.client.http.UnreachableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
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

    /**
     * The first answer of which {@code done} holds. Asks five times a second at first, then every two seconds.
     *
     * @throws IOException when the companion refuses, or has been away for ten minutes
     */
    static <T> T until(Look<T> look, Predicate<T> done, Output output) throws IOException, InterruptedException {
        return until(look, done, output::say);
    }

    /** The first answer that can be had. */
    static <T> T answer(Look<T> look, Consumer<String> say) throws IOException, InterruptedException {
        return until(look, seen -> true, say);
    }

    private static <T> T until(Look<T> look, Predicate<T> done, Consumer<String> say)
            throws IOException, InterruptedException {
        Duration pause = SHORTEST;
        long awaySince = 0;
        while (true) {
            try {
                T seen = look.look();
                if (awaySince != 0) {
                    say.accept("the companion answers again");
                    awaySince = 0;
                }
                if (test(done, seen)) {
                    return seen;
                }
            } catch (IOException e) {
                awaySince = away(e, awaySince, say);
            }
            Thread.sleep(pause.toMillis());
            pause = pause.multipliedBy(5).dividedBy(4);
            if (pause.compareTo(LONGEST) > 0) {
                pause = LONGEST;
            }
        }
    }

    /** Looking closer may ask the companion too. */
    private static <T> boolean test(Predicate<T> done, T seen) throws IOException {
        try {
            return done.test(seen);
        } catch (UncheckedIOException e) {
            throw Objects.requireNonNull(e.getCause());
        }
    }

    /**
     * Since when the companion is away.
     *
     * @throws IOException when it is not, or has been for too long
     */
    private static long away(IOException e, long since, Consumer<String> say) throws IOException {
        if (!isAway(e)) {
            throw e;
        }
        if (since == 0) {
            say.accept(e.getMessage() + "; trying on");
            return System.nanoTime();
        }
        if (System.nanoTime() - since > PATIENCE.toNanos()) {
            throw e;
        }
        return since;
    }

    /** Whether the companion, or what it needs, cannot be reached just now. */
    private static boolean isAway(IOException e) {
        return e instanceof UnreachableException
                || (e instanceof ApiException refused && refused.status() >= 502 && refused.status() <= 504);
    }
}
