package dev.slipway.api.workers;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /workers/}: registers a worker, or renews what it offers.
 *
 * @param name unique; belongs to the user who registered it first
 * @param kinds {@code build}, {@code test}, {@code sign}
 * @param arches as in {@link dev.slipway.api.tasks.ClaimRequest}
 */
public record WorkerRequest(
        String name,
        List<String> kinds,
        List<String> arches,
        @Nullable List<String> keyIds,
        @Nullable String version) {}
