package dev.slipway.server.channels;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.slipway.server.database.Notifications;
import dev.slipway.server.database.Transactions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers what is under a path below {@code /repos/}, from memory where it can. What a channel shows is remembered until a
 * switch is announced, and for {@link #MOST_STALE} at most; what a publication holds never changes.
 */
final class ServedRepositories {

    /** How old an answer can be when an announcement was lost. */
    private static final Duration MOST_STALE = Duration.ofSeconds(5);

    /** For how long a client that read an index is given the signature that belongs to it. */
    private static final Duration INDEX_MEMORY = Duration.ofMinutes(1);

    private final Transactions transactions;
    private final ChannelFiles files;
    private final Cache<String, Optional<ChannelFiles.Shown>> channels = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(MOST_STALE)
            .build();
    private final Cache<FileKey, Optional<ServedFile>> found =
            Caffeine.newBuilder().maximumSize(50_000).build();
    private final Cache<IndexKey, Long> indexesRead = Caffeine.newBuilder()
            .maximumSize(100_000)
            .expireAfterWrite(INDEX_MEMORY)
            .build();

    private record FileKey(List<Long> publications, String path) {}

    private record IndexKey(String client, String channel) {}

    /** A path that leads to a channel: which, and what remains of the path. */
    record Located(ChannelFiles.Shown channel, String rest) {}

    ServedRepositories(Transactions transactions, ChannelFiles files, Notifications notifications) {
        this.transactions = transactions;
        this.files = files;
        notifications.subscribe(Channels.TOPIC, key -> channels.invalidateAll());
    }

    /** Forgets what channels show: after a switch by this very process, whose answers must be new at once. */
    void forget() {
        channels.invalidateAll();
    }

    /** The channel that a path leads into. */
    Optional<Located> locate(String path) {
        int slash = path.lastIndexOf('/');
        if (slash <= 0) {
            return Optional.empty();
        }
        return channels.get(
                        path.substring(0, slash), directory -> transactions.read(s -> files.channelOf(directory, s)))
                .map(shown -> new Located(shown, path.substring(shown.path().length() + 1)));
    }

    /**
     * The file of a path.
     *
     * @param client tells clients apart: who read an index gets the signature of that one, even after a switch
     */
    Optional<ServedFile> find(Located located, String client) {
        List<Long> publications = located.channel().publications();
        if (publications.isEmpty()) {
            return Optional.empty();
        }
        IndexKey reader = new IndexKey(client, located.channel().path());
        if (isIndex(located.rest())) {
            indexesRead.put(reader, publications.get(0));
        } else if (isSignature(located.rest())) {
            publications = startingWith(indexesRead.getIfPresent(reader), publications);
        }
        ChannelFiles.Shown shown = located.channel().with(publications);
        return found.get(
                new FileKey(publications, located.rest()),
                key -> transactions.read(session -> files.find(shown, key.path(), session)));
    }

    private static List<Long> startingWith(@Nullable Long first, List<Long> publications) {
        if (first == null
                || !publications.contains(first)
                || publications.get(0).equals(first)) {
            return publications;
        }
        List<Long> reordered = new ArrayList<>(publications);
        reordered.remove(first);
        reordered.add(0, first);
        return reordered;
    }

    private static boolean isIndex(String path) {
        return path.endsWith("/repomd.xml") || path.endsWith("/Release");
    }

    private static boolean isSignature(String path) {
        return path.endsWith("/repomd.xml.asc") || path.endsWith("/Release.gpg");
    }
}
