package dev.slipway.server.channels;

import dev.slipway.server.repositories.NewRepository;
import dev.slipway.server.repositories.Repositories;
import dev.slipway.server.repositories.StoredRepository;
import java.util.Collection;
import org.hibernate.StatelessSession;

/**
 * Repositories that this service serves: made with their channel and published from the start, so that clients find an
 * empty, valid repository; and published again after every change. After the commit {@link Publisher} does the publishing;
 * who cannot wait for it calls {@link Publisher#publish(Collection)}.
 */
public final class HostedRepositories {

    private final Repositories repositories;
    private final Channels channels;

    public HostedRepositories(Repositories repositories, Channels channels) {
        this.repositories = repositories;
        this.channels = channels;
    }

    /**
     * Makes a repository and the channel that shows it.
     *
     * @throws dev.slipway.server.http.ProblemException 409 when the name or the channel is taken, 422 when the channel's path
     *     cannot be one
     */
    public StoredRepository create(NewRepository wanted, String channelPath, StatelessSession session) {
        StoredRepository made = repositories.create(wanted, session);
        channels.create(channelPath, made.type(), made.id(), session);
        channels.want(made.id(), made.currentVersion(), session);
        return made;
    }

    /**
     * As {@link Repositories#change}, and the channel is to show the new version.
     *
     * @return the number of the version that has exactly this
     */
    public int change(
            long repositoryId, Collection<Long> add, Collection<Long> remove, String reason, StatelessSession session) {
        int before = repositories.get(repositoryId, session).currentVersion();
        int version = repositories.change(repositoryId, add, remove, reason, session);
        if (version != before) {
            channels.want(repositoryId, version, session);
        }
        return version;
    }
}
