package dev.slipway.api.tasks;

import dev.slipway.api.Copies;
import java.util.List;

/**
 * The body of {@code POST /tasks/leave}: a worker ends.
 *
 * @param leases what it held and has not reported
 */
public record LeaveRequest(String worker, List<PingRequest.Held> leases) {
    public LeaveRequest {
        leases = Copies.list(leases);
    }
}
