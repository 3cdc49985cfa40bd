package dev.slipway.server.signing;

import dev.slipway.server.blobs.BlobAddresses;
import dev.slipway.server.blobs.Blobs;
import dev.slipway.server.builds.BuildRepositories;
import dev.slipway.server.channels.ServedUrls;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.events.Outbox;
import dev.slipway.server.idempotency.Idempotency;
import dev.slipway.server.identity.Audit;
import dev.slipway.server.publications.Publications;
import dev.slipway.server.signkeys.PublishedCertificates;
import dev.slipway.server.signkeys.SignKeys;
import dev.slipway.server.tasks.TaskFeature;
import java.time.Clock;
import java.time.Duration;

/** The parts of this feature, put together; it registers the kind of task that it knows and signs publications. */
public record SigningFeature(SignTasksResource resource) {

    /** @param timeout how long a worker may work on one sign task */
    public static SigningFeature of(
            Clock clock,
            Transactions transactions,
            Blobs blobs,
            BlobAddresses addresses,
            Outbox outbox,
            Audit audit,
            Idempotency idempotency,
            SignKeys keys,
            PublishedCertificates certificates,
            TaskFeature tasks,
            BuildRepositories repositories,
            Publications publications,
            ServedUrls urls,
            Duration timeout) {
        SignTasks signTasks =
                new SignTasks(clock, keys, tasks.store(), new BuildPayloads(blobs), audit, (int) timeout.toSeconds());
        MetadataSignTasks metadata = new MetadataSignTasks(clock, keys, signTasks, publications);
        publications.signWith(metadata);
        BuildSigning builds = new BuildSigning(transactions, new SignedPackages(clock, blobs), repositories, outbox);
        tasks.kinds().register(new SignTaskKind(transactions, keys, builds, metadata));
        Signatures signatures = new Signatures(clock, transactions, tasks.store(), keys, blobs, audit);
        SignNodes nodes = new SignNodes(
                transactions,
                tasks.workers(),
                tasks.claims(),
                tasks.store(),
                tasks.logs(),
                tasks.reports(),
                new SignedUploads(clock, transactions, keys, blobs, addresses),
                signatures,
                urls);
        return new SigningFeature(
                new SignTasksResource(transactions, signTasks, signatures, nodes, certificates, blobs, idempotency));
    }
}
