package dev.slipway.server.channels;

import dev.slipway.server.blobs.Blob;
import dev.slipway.server.database.Sql;
import dev.slipway.server.publications.PublishedFiles;
import dev.slipway.server.repositories.RepositoryType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is served under a path: a metadata file of what the channel shows, or showed until lately; else a package of
 * either. So a client that read the index before a switch finds everything the index named.
 */
final class ChannelFiles {

    /** How many former publications are looked through at most. */
    private static final int MOST_FORMER = 50;

    /**
     * What a channel shows and showed lately.
     *
     * @param path the channel's
     * @param publications ids, the shown one first
     * @param switchedAt since when it shows the first of them
     */
    record Shown(
            String path,
            RepositoryType type,
            List<Long> publications,
            @Nullable Instant switchedAt) {

        Shown with(List<Long> others) {
            return new Shown(path, type, others, switchedAt);
        }
    }

    private final PublishedFiles files;
    private final Clock clock;
    private final Duration grace;

    /** @param grace how long what a channel showed before a switch stays reachable */
    ChannelFiles(PublishedFiles files, Clock clock, Duration grace) {
        this.files = files;
        this.clock = clock;
        this.grace = grace;
    }

    /** The channel that a directory below {@code /repos/} is in. */
    Optional<Shown> channelOf(String directory, StatelessSession session) {
        record Found(
                long id,
                String path,
                RepositoryType type,
                @Nullable Long publication,
                @Nullable Instant since) {}
        Optional<Found> channel = Sql.one(
                session,
                """
                select id, path, type, publication_id, switched_at from channel where path = any(?)
                order by length(path) desc limit 1""",
                row -> new Found(
                        row.number("id"),
                        row.text("path"),
                        RepositoryType.of(row.text("type")),
                        row.numberOrNull("publication_id"),
                        row.instantOrNull("switched_at")),
                ChannelPath.candidates(directory + "/"));
        return channel.map(found -> {
            List<Long> publications = new ArrayList<>();
            if (found.publication() != null) {
                publications.add(found.publication());
            }
            publications.addAll(former(found.id(), session));
            return new Shown(
                    found.path(), found.type(), publications.stream().distinct().toList(), found.since());
        });
    }

    private List<Long> former(long channelId, StatelessSession session) {
        return Sql.list(
                session,
                """
                select publication_id from channel_history where channel_id = ? and until_at > ?
                order by id desc limit ?""",
                row -> row.number("publication_id"),
                channelId,
                clock.instant().minus(grace),
                MOST_FORMER);
    }

    /** The file of a path relative to its channel. */
    Optional<ServedFile> find(Shown shown, String path, StatelessSession session) {
        for (long publication : shown.publications()) {
            Optional<Blob> metadata = files.metadata(publication, path, session);
            if (metadata.isPresent()) {
                // a name without a digest means what is shown now, and nothing else
                boolean fixed = path.contains(metadata.get().sha256());
                if (fixed || publication == shown.publications().get(0)) {
                    return metadata.map(blob -> new ServedFile(blob.sha256(), blob.size(), fixed));
                }
            }
        }
        for (long publication : shown.publications()) {
            Optional<Blob> found = files.packageFile(publication, shown.type(), path, session);
            if (found.isPresent()) {
                return found.map(blob -> new ServedFile(blob.sha256(), blob.size(), true));
            }
        }
        return Optional.empty();
    }
}
