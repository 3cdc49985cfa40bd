package dev.slipway.server.http;

import dev.slipway.api.problems.ProblemError;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a well-formed request, so that the caller hears of all of it at once. */
public final class Violations {
    private static final int MOST = 100;

    private final List<ProblemError> errors = new ArrayList<>();

    /** Notes {@code message} about the member at {@code pointer} unless {@code holds}. */
    public Violations check(boolean holds, String pointer, String message) {
        if (!holds && errors.size() < MOST) {
            errors.add(new ProblemError(pointer, message));
        }
        return this;
    }

    /** Whether nothing was noted so far. */
    public boolean isEmpty() {
        return errors.isEmpty();
    }

    /** Throws a 422 that lists everything noted, if anything was. */
    public void throwIfAny() {
        if (!errors.isEmpty()) {
            ProblemError first = errors.get(0);
            throw ProblemException.unprocessable(first.pointer() + ": " + first.message())
                    .errors(errors);
        }
    }
}
