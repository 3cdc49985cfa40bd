package dev.slipway.api.tasks;

import dev.slipway.api.Copies;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /tasks/ping}: renews leases and says that the worker is alive. */
public record PingRequest(@Nullable String worker, List<Held> leases) {
    public PingRequest {
        leases = Copies.list(leases);
    }

    public record Held(long taskId, UUID leaseId) {}
}
