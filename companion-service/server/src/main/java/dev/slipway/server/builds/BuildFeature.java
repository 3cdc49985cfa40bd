package dev.slipway.server.builds;

import dev.slipway.server.blobs.Blobs;
import dev.slipway.server.channels.Serving;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.events.Outbox;
import dev.slipway.server.ingest.Packages;
import dev.slipway.server.platforms.Platforms;
import dev.slipway.server.publications.Publications;
import dev.slipway.server.repositories.Repositories;
import dev.slipway.server.tasks.TaskFeature;
import java.net.URI;
import java.time.Clock;
import java.util.function.Supplier;

/** The parts of this feature, put together; it registers the kind of task that it knows. */
public record BuildFeature(
        Builds builds,
        BuildRestart restart,
        BuildViews views,
        BuildCounts counts,
        BuildEnd end,
        BuildRepositories repositories) {

    /** Counts long lists anew; to be run in the background. */
    public void renewCounts() {
        counts.renew();
    }

    public static BuildFeature of(
            Clock clock,
            Transactions transactions,
            Outbox outbox,
            Supplier<URI> publicUrl,
            Platforms platforms,
            TaskFeature tasks,
            Blobs blobs,
            Packages packages,
            Repositories repositories,
            Publications publications,
            Serving serving) {
        BuildRepositories served = new ServedBuildRepositories(
                transactions, repositories, publications, serving.hosted(), serving.channels(), serving.publisher());
        BuildEnd end = new BuildEnd(outbox, clock);
        BuildCounts counts = new BuildCounts(transactions, clock);
        tasks.kinds()
                .register(new BuildTaskKind(
                        transactions,
                        new BuildIntake(packages),
                        served,
                        new BuildWorkDescription(),
                        tasks.store(),
                        tasks.ends(),
                        end,
                        new BuildDifferences(transactions, blobs)));
        return new BuildFeature(
                new Builds(new BuildRequests(platforms), served, tasks.store(), tasks.cancel(), outbox, clock),
                new BuildRestart(tasks.store(), tasks.restart(), outbox),
                new BuildViews(new BuildParts(publicUrl), counts),
                counts,
                end,
                served);
    }
}
