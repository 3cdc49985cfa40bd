package dev.slipway.server.http;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Who reads a stream or waits in a long poll. Resource methods take it as a {@code @Context} parameter.
 *
 * @param user the asker's id
 * @param name whom {@link LongPolls#leave} may name, where one user has several askers; empty where nobody is to
 * @param refusal why the asker may go on no longer, empty while they may; asked now and then, in a thread of whom they
 *     wait for
 */
public record Asker(long user, String name, Supplier<Optional<ProblemException>> refusal) {
    /** One that cannot be named. */
    public Asker(long user, Supplier<Optional<ProblemException>> refusal) {
        this(user, "", refusal);
    }

    /** The same asker under a name. */
    public Asker called(String other) {
        return new Asker(user, other, refusal);
    }

    /** Whether the asker may go on. */
    boolean isPermitted() {
        return refusal.get().isEmpty();
    }
}
