package dev.slipway.api.releases;

import dev.slipway.api.Copies;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Edits of a plan, applied in order, all or none.
 *
 * @param revision the revision they were made from, for callers that cannot send {@code If-Match}
 */
public record PlanEdit(
        List<PlanOperation> operations, @Nullable Integer revision) {
    public PlanEdit {
        operations = Copies.list(operations);
    }
}
