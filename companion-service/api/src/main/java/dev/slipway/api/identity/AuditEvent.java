package dev.slipway.api.identity;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One change that was made.
 *
 * @param actor the user's name, {@code slipway} for what the service did by itself
 * @param objectKind what was changed, for example {@code platform}
 * @param before what it was, absent when it was new
 * @param after what it became, absent when it was removed
 * @param remoteAddress where the request came from
 * @param traceId under which the service's log tells more
 */
public record AuditEvent(
        long id,
        Instant at,
        String actor,
        String action,
        String objectKind,
        String objectId,
        @Nullable Map<String, Object> before,
        @Nullable Map<String, Object> after,
        @Nullable String remoteAddress,
        @Nullable String traceId) {}
