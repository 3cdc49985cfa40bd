package dev.slipway.server;

import dev.slipway.server.blobs.BlobsResource;
import dev.slipway.server.blobs.NamedBlobs;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The one place where features are put together, from below to above; each adds its lines and nothing else knows all of
 * them. A feature's objects are built by plain constructors from the {@link Foundation} and from features above its own
 * lines.
 */
final class Features {
    private Features() {}

    static void wire(Foundation base, Wiring wiring) {
        wireBlobs(base, wiring);
    }

    private static void wireBlobs(Foundation base, Wiring wiring) {
        NamedBlobs names = new NamedBlobs(base.clock(), base.audit());
        wiring.resource(new BlobsResource(base.transactions(), base.blobs(), names))
                .every(Duration.ofMinutes(10), "blobs.sweep", base.blobs()::sweep);
    }

    /** Every mapped entity, by feature. */
    static List<Class<?>> entities() {
        return Stream.of(dev.slipway.server.identity.Entities.ALL)
                .flatMap(List::stream)
                .toList();
    }
}
