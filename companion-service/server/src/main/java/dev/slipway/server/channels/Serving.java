package dev.slipway.server.channels;

import dev.slipway.server.blobs.Blobs;
import dev.slipway.server.database.Notifications;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.idempotency.Idempotency;
import dev.slipway.server.identity.Audit;
import dev.slipway.server.ingest.Packages;
import dev.slipway.server.publications.Publications;
import dev.slipway.server.publications.PublishedFiles;
import dev.slipway.server.repositories.Repositories;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Handler;

/** Puts together what makes and serves channels. */
public final class Serving {

    /** Below which repositories are served. */
    public static final String REPOS = ReposHandler.ROOT;

    /** Below which certificates are served. */
    public static final String KEYS = KeysHandler.ROOT;

    private final ServedUrls urls;
    private final Channels channels;
    private final Publisher publisher;
    private final HostedRepositories hosted;
    private final RepositoriesResource resource;
    private final Handler repos;
    private final Handler keys;

    /** @param grace how long what a channel showed before a switch stays reachable */
    public Serving(
            Clock clock,
            Transactions transactions,
            Notifications notifications,
            Blobs blobs,
            Audit audit,
            Idempotency idempotency,
            Repositories repositories,
            Publications publications,
            Packages packages,
            Supplier<URI> publicUrl,
            Duration grace) {
        urls = new ServedUrls(publicUrl);
        channels = new Channels(clock, transactions);
        publisher = new Publisher(transactions, publications, channels, clock);
        publications.listen(publisher);
        hosted = new HostedRepositories(repositories, channels);
        resource = new RepositoriesResource(
                transactions,
                new RepositoryDesk(repositories, hosted, new RepositoryViews(urls), audit),
                new UploadedPackages(transactions, blobs, packages),
                idempotency);
        ServedRepositories served = new ServedRepositories(
                transactions, new ChannelFiles(new PublishedFiles(), clock, grace), notifications);
        channels.onSwitch(served::forget);
        repos = new ReposHandler(served, new ClientConfigurations(transactions, urls), blobs);
        keys = new KeysHandler(transactions);
    }

    public ServedUrls urls() {
        return urls;
    }

    public Channels channels() {
        return channels;
    }

    public Publisher publisher() {
        return publisher;
    }

    public HostedRepositories hosted() {
        return hosted;
    }

    /** The REST resource of repositories. */
    public RepositoriesResource resource() {
        return resource;
    }

    /** What serves {@link #REPOS}. */
    public Handler repos() {
        return repos;
    }

    /** What serves {@link #KEYS}. */
    public Handler keys() {
        return keys;
    }

    /** The topic of the wake-up when the publisher has something to do. */
    public String wantedTopic() {
        return Channels.WANTED;
    }
}
