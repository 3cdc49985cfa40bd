package dev.slipway.server.composes;

import dev.slipway.api.problems.ProblemError;
import dev.slipway.server.http.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * How long a compose is to live.
 *
 * @param seconds granted
 * @param askedSeconds what was asked for when that was more than is granted, else null
 */
record Lifetime(long seconds, @Nullable Long askedSeconds) {
    private static final String NOTE = "; of the ";

    /** What is granted of what was asked; {@code null} asks for {@code otherwise} seconds. */
    static Lifetime granted(@Nullable Long asked, long otherwise, ComposeSettings settings) {
        long wanted = asked == null ? otherwise : asked;
        if (wanted <= 0) {
            throw ProblemException.unprocessable(
                    "lifetime_seconds must be positive, not " + wanted,
                    new ProblemError("/lifetime_seconds", "must be positive"));
        }
        long longest = settings.longestLifetime().toSeconds();
        return wanted <= longest ? new Lifetime(wanted, null) : new Lifetime(longest, wanted);
    }

    /** What is added to a compose's state reason: a sentence about the cap, or nothing. */
    String note() {
        return askedSeconds == null
                ? ""
                : NOTE + askedSeconds + " s asked for, the longest lifetime allowed here, " + seconds
                        + " s, is granted";
    }

    /** The {@link #note} that ends a state reason; empty when none does. */
    static String noteIn(@Nullable String stateReason) {
        int note = stateReason == null ? -1 : stateReason.indexOf(NOTE);
        return stateReason == null || note < 0 ? "" : stateReason.substring(note);
    }
}
