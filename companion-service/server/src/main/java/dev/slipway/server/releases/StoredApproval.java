package dev.slipway.server.releases;

import dev.slipway.api.releases.ReleaseApproval;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a release's row says of its approval.
 *
 * @param required whether its distribution asks for one
 * @param plannedById who wrote the plan as it stands
 * @param by who approved a plan; null when nobody has
 * @param hash of the plan that was approved
 */
record StoredApproval(
        boolean required,
        long plannedById,
        String plannedBy,
        @Nullable String by,
        @Nullable Instant at,
        @Nullable String hash) {

    /** Whether it stands in the way of committing a plan of that hash. */
    boolean missingFor(String planHash) {
        return required && !planHash.equals(hash);
    }

    ReleaseApproval shown() {
        return new ReleaseApproval(required, by, at);
    }
}
