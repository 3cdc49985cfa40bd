package dev.slipway.worker.runtime;

import dev.slipway.worker.signing.PayloadSigner;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What a worker offers and how it behaves.
 *
 * @param name known to the companion by it; unique
 * @param kinds of {@code build}, {@code test}, {@code sign}
 * @param arches in the formats' words, {@code src} for source packages
 * @param signers the keys it holds
 * @param parallel how many tasks at once
 * @param home where running tasks keep their files
 * @param untilIdle whether to end when there is nothing to do
 * @param version of the program, for people
 */
public record WorkerConfig(
        String name,
        Set<String> kinds,
        List<String> arches,
        List<PayloadSigner> signers,
        int parallel,
        Path home,
        boolean untilIdle,
        String version) {
    public WorkerConfig {
        kinds = Set.copyOf(kinds);
        arches = List.copyOf(arches);
        signers = List.copyOf(signers);
        if (parallel < 1) {
            throw new IllegalArgumentException("a worker does at least one task at a time");
        }
        if (kinds.contains("sign") && signers.isEmpty()) {
            throw new IllegalArgumentException("a worker that signs needs a sign key");
        }
    }
}
