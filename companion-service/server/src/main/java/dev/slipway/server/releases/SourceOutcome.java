package dev.slipway.server.releases;

import java.util.Map;

/**
 * How the architectures of one source in one build ended.
 *
 * @param source the source package's name
 * @param arches architecture → the task's state; those not asked for are absent
 */
record SourceOutcome(long buildId, String source, Map<String, String> arches) {
    SourceOutcome {
        arches = Map.copyOf(arches);
    }
}
