package dev.slipway.server;

import dev.slipway.server.blobs.BlobAddresses;
import dev.slipway.server.blobs.BlobsResource;
import dev.slipway.server.blobs.NamedBlobs;
import dev.slipway.server.buildnodes.BuildNodeResource;
import dev.slipway.server.buildnodes.BuildNodes;
import dev.slipway.server.buildnodes.NodeArtifacts;
import dev.slipway.server.buildnodes.NodeTasks;
import dev.slipway.server.builds.BuildFeature;
import dev.slipway.server.builds.BuildsResource;
import dev.slipway.server.channels.Serving;
import dev.slipway.server.composes.ComposeFeature;
import dev.slipway.server.composes.ComposeSettings;
import dev.slipway.server.distributions.Distributions;
import dev.slipway.server.distributions.DistributionsResource;
import dev.slipway.server.events.Dispatcher;
import dev.slipway.server.ingest.Packages;
import dev.slipway.server.platforms.PlatformRepositories;
import dev.slipway.server.platforms.Platforms;
import dev.slipway.server.platforms.PlatformsResource;
import dev.slipway.server.projects.CatalogueSources;
import dev.slipway.server.projects.ProjectReader;
import dev.slipway.server.projects.ProjectsResource;
import dev.slipway.server.publications.Publications;
import dev.slipway.server.releases.ReleaseFeature;
import dev.slipway.server.repositories.Repositories;
import dev.slipway.server.signing.SigningFeature;
import dev.slipway.server.signkeys.PublishedCertificates;
import dev.slipway.server.signkeys.SignKeys;
import dev.slipway.server.signkeys.SignKeysResource;
import dev.slipway.server.tasks.FollowFilter;
import dev.slipway.server.tasks.Leases;
import dev.slipway.server.tasks.TaskFeature;
import dev.slipway.server.tasks.TaskFilesResource;
import dev.slipway.server.tasks.TaskSettings;
import dev.slipway.server.tasks.TasksResource;
import dev.slipway.server.tests.TestFeature;
import dev.slipway.server.tests.Tests;
import dev.slipway.server.tests.TestsResource;
import dev.slipway.server.webhooks.WebhookFeature;
import dev.slipway.server.webhooks.WebhookSettings;
import dev.slipway.server.workers.Workers;
import dev.slipway.server.workers.WorkersResource;
import java.io.IOException;
import java.nio.file.Path;
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

    static void wire(Foundation base, Wiring wiring) throws IOException {
        BlobAddresses addresses = new BlobAddresses(base.blobs(), wireBlobs(base, wiring));
        Platforms platforms = wirePlatforms(base, wiring);
        Repositories repositories = new Repositories(base.clock());
        Publications publications =
                Publications.create(base.clock(), base.transactions(), base.blobs(), repositories, base.var());
        Packages packages = new Packages(base.transactions(), base.blobs(), base.clock());
        Serving serving = wireServing(base, wiring, repositories, publications, packages);
        wireComposes(base, wiring, publications, serving);
        TaskFeature tasks = wireTasks(base, wiring);
        BuildFeature builds = wireBuilds(base, wiring, platforms, tasks, packages, repositories, publications, serving);
        wireBuildNodes(base, wiring, addresses, tasks, serving);
        wireProjects(base, wiring);
        Tests tests = TestFeature.of(base.clock(), platforms, tasks, builds);
        wiring.resource(new TestsResource(base.transactions(), tests, builds.views(), base.audit()));
        wireSigning(base, wiring, addresses, tasks, builds, publications, serving);
        wireDistributions(base, wiring, serving);
        wireReleases(base, wiring, repositories, publications, serving);
        wireWebhooks(base, wiring);
    }

    private static void wireWebhooks(Foundation base, Wiring wiring) throws IOException {
        WebhookSettings defaults = WebhookSettings.defaults(base.var());
        Settings given = base.settings();
        WebhookSettings settings = new WebhookSettings(
                given.flag("webhooks.private-addresses", defaults.privateAddresses()),
                given.flag("webhooks.plain-http", defaults.plainHttp()),
                (int) given.number("webhooks.attempts", defaults.attempts()),
                given.duration("webhooks.first-pause", defaults.firstPause()),
                given.duration("webhooks.longest-pause", defaults.longestPause()),
                given.duration("webhooks.disable-after", defaults.disableAfter()),
                given.duration("webhooks.kept", defaults.kept()),
                Path.of(given.text("webhooks.key-file", defaults.keyFile().toString())));
        WebhookFeature webhooks = new WebhookFeature(
                base.clock(), base.transactions(), base.outbox(), base.audit(), base.idempotency(), settings);
        wiring.closes(webhooks)
                .resource(webhooks.resource())
                .every(Duration.ofSeconds(5), "webhooks.deliver", webhooks::deliver)
                .wake(base.notifications(), Dispatcher.TOPIC, "webhooks.deliver")
                .wake(base.notifications(), WebhookFeature.TOPIC, "webhooks.deliver")
                .every(Duration.ofHours(1), "webhooks.prune", webhooks::prune);
    }

    private static NamedBlobs wireBlobs(Foundation base, Wiring wiring) {
        NamedBlobs names = new NamedBlobs(base.clock(), base.audit());
        wiring.resource(new BlobsResource(base.transactions(), base.blobs(), names))
                .every(Duration.ofMinutes(10), "blobs.sweep", base.blobs()::sweep);
        return names;
    }

    private static Platforms wirePlatforms(Foundation base, Wiring wiring) {
        Platforms platforms = new Platforms(new PlatformRepositories(base.clock()), base.clock());
        wiring.resource(new PlatformsResource(base.transactions(), platforms, base.audit(), base.idempotency()));
        return platforms;
    }

    private static Serving wireServing(
            Foundation base, Wiring wiring, Repositories repositories, Publications publications, Packages packages) {
        Serving serving = new Serving(
                base.clock(),
                base.transactions(),
                base.notifications(),
                base.blobs(),
                base.audit(),
                base.idempotency(),
                repositories,
                publications,
                packages,
                base.publicUrl(),
                base.settings().duration("channels.grace", Duration.ofDays(1)));
        wiring.resource(serving.resource())
                .handler(Serving.REPOS + "*", serving.repos())
                .handler(Serving.KEYS + "*", serving.keys())
                .every(Duration.ofSeconds(30), "channels.publish", serving.publisher()::publish)
                .wake(base.notifications(), serving.wantedTopic(), "channels.publish")
                .every(Duration.ofMinutes(30), "publications.sweep", publications::sweep);
        return serving;
    }

    private static void wireComposes(Foundation base, Wiring wiring, Publications publications, Serving serving) {
        ComposeSettings defaults = ComposeSettings.DEFAULT;
        ComposeSettings settings = new ComposeSettings(
                base.settings().duration("composes.default-lifetime", defaults.defaultLifetime()),
                base.settings().duration("composes.longest-lifetime", defaults.longestLifetime()),
                base.settings().duration("composes.patience", defaults.patience()));
        ComposeFeature composes = new ComposeFeature(
                base.clock(),
                base.transactions(),
                base.outbox(),
                base.audit(),
                base.idempotency(),
                publications,
                serving.channels(),
                serving.urls(),
                settings);
        wiring.resource(composes.resource())
                .every(Duration.ofSeconds(10), "composes.generate", composes::generate)
                .wake(base.notifications(), ComposeFeature.TOPIC, "composes.generate")
                .every(Duration.ofSeconds(30), "composes.expire", composes::expire);
    }

    private static TaskFeature wireTasks(Foundation base, Wiring wiring) {
        TaskSettings defaults = TaskSettings.DEFAULTS;
        TaskSettings settings = new TaskSettings(
                base.settings().duration("tasks.lease", defaults.lease()),
                base.settings().duration("tasks.renew", defaults.renew()),
                (int) base.settings().number("tasks.max-attempts", defaults.maxAttempts()),
                base.settings().duration("tasks.overtime", defaults.overtime()),
                base.settings().number("tasks.log-limit", defaults.logLimit()),
                base.settings().number("tasks.artifact-limit", defaults.artifactLimit()));
        Workers workers = new Workers(settings.lease().multipliedBy(2), base.clock());
        TaskFeature tasks = TaskFeature.of(
                settings, workers, base.clock(), base.transactions(), base.blobs(), base.outbox(), base.streams());
        wiring.resource(new WorkersResource(base.transactions(), workers, base.audit()))
                .resource(new TasksResource(
                        base.transactions(),
                        tasks.claims(),
                        tasks.leases(),
                        tasks.reports(),
                        tasks.explainer(),
                        workers,
                        base.longPolls()))
                .resource(new TaskFilesResource(
                        base.transactions(),
                        tasks.store(),
                        tasks.leases(),
                        tasks.logs(),
                        tasks.feeds(),
                        base.blobs(),
                        settings))
                .resource(new FollowFilter())
                .every(Duration.ofSeconds(5), "tasks.reap", tasks.reaper()::run)
                .wake(base.notifications(), Leases.GIVEN_UP_TOPIC, "tasks.reap");
        return tasks;
    }

    private static void wireProjects(Foundation base, Wiring wiring) {
        ProjectReader reader = new ProjectReader(
                base.clock(),
                base.transactions(),
                base.settings().parsed("projects.catalogues", CatalogueSources.parse(""), CatalogueSources::parse),
                base.settings().duration("projects.interval", Duration.ofMinutes(10)),
                base.settings().duration("projects.timeout", Duration.ofSeconds(20)));
        wiring.resource(new ProjectsResource(base.transactions()))
                .every(Duration.ofSeconds(30), "projects.read", reader::run);
    }

    private static void wireBuildNodes(
            Foundation base, Wiring wiring, BlobAddresses addresses, TaskFeature tasks, Serving serving) {
        BuildNodes nodes = new BuildNodes(
                base.transactions(),
                tasks.workers(),
                tasks.claims(),
                tasks.leases(),
                tasks.store(),
                tasks.reports(),
                new NodeTasks(serving.urls()),
                new NodeArtifacts(tasks.store(), addresses),
                base.settings().duration("tasks.node-lease", Duration.ofMinutes(20)));
        wiring.resource(new BuildNodeResource(nodes));
    }

    private static void wireSigning(
            Foundation base,
            Wiring wiring,
            BlobAddresses addresses,
            TaskFeature tasks,
            BuildFeature builds,
            Publications publications,
            Serving serving) {
        SignKeys keys = new SignKeys(base.clock(), base.audit(), base.outbox());
        PublishedCertificates certificates = new PublishedCertificates(
                base.transactions(), keys, base.settings().flag("sign-keys.private-addresses", false));
        Duration timeout = base.settings().duration("signing.timeout", Duration.ofMinutes(30));
        SigningFeature signing = SigningFeature.of(
                base.clock(),
                base.transactions(),
                base.blobs(),
                addresses,
                base.outbox(),
                base.audit(),
                base.idempotency(),
                keys,
                certificates,
                tasks,
                builds.repositories(),
                publications,
                serving.urls(),
                timeout);
        wiring.resource(new SignKeysResource(base.transactions(), keys, base.idempotency()))
                .resource(signing.resource());
    }

    private static void wireDistributions(Foundation base, Wiring wiring, Serving serving) {
        Distributions distributions = new Distributions(serving.hosted(), base.audit(), base.outbox(), base.clock());
        wiring.resource(new DistributionsResource(base.transactions(), distributions, base.idempotency()));
    }

    private static void wireReleases(
            Foundation base, Wiring wiring, Repositories repositories, Publications publications, Serving serving) {
        ReleaseFeature releases = new ReleaseFeature(
                base.clock(),
                base.transactions(),
                base.outbox(),
                base.audit(),
                base.idempotency(),
                repositories,
                publications,
                serving.channels(),
                base.settings().duration("releases.lease", Duration.ofMinutes(1)),
                base.settings().duration("releases.patience", Duration.ofHours(1)));
        wiring.resource(releases.resource())
                .every(Duration.ofSeconds(5), "releases.commit", releases::commit)
                .wake(base.notifications(), ReleaseFeature.TOPIC, "releases.commit");
    }

    private static BuildFeature wireBuilds(
            Foundation base,
            Wiring wiring,
            Platforms platforms,
            TaskFeature tasks,
            Packages packages,
            Repositories repositories,
            Publications publications,
            Serving serving) {
        BuildFeature builds = BuildFeature.of(
                base.clock(),
                base.transactions(),
                base.outbox(),
                base.publicUrl(),
                platforms,
                tasks,
                base.blobs(),
                packages,
                repositories,
                publications,
                serving);
        wiring.resource(new BuildsResource(
                        base.transactions(),
                        builds.builds(),
                        builds.restart(),
                        builds.views(),
                        base.idempotency(),
                        base.audit()))
                .every(Duration.ofSeconds(2), "builds.count", builds::renewCounts);
        return builds;
    }

    /** Every mapped entity, by feature. */
    static List<Class<?>> entities() {
        return Stream.of(dev.slipway.server.identity.Entities.ALL)
                .flatMap(List::stream)
                .toList();
    }
}
