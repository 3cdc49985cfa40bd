package dev.slipway.api.releases;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether somebody other than who planned a release has approved it.
 *
 * @param required whether it cannot be committed without
 * @param by who approved the plan as it stands; absent when nobody has
 */
public record ReleaseApproval(
        boolean required, @Nullable String by, @Nullable Instant at) {

    /** Whether the release waits for it. */
    public boolean missing() {
        return required && by == null;
    }
}
