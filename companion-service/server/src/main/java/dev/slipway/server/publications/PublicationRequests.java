package dev.slipway.server.publications;

import dev.slipway.server.database.Sql;
import dev.slipway.server.repositories.Repositories;
import dev.slipway.server.repositories.RepositoryOptions;
import dev.slipway.server.repositories.RepositoryType;
import dev.slipway.server.repositories.StoredRepository;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** Spells out what a publication of something is made of. */
final class PublicationRequests {

    private final Repositories repositories;
    private final PublicationHash hash;

    PublicationRequests(Repositories repositories, PublicationHash hash) {
        this.repositories = repositories;
        this.hash = hash;
    }

    private record Version(String contentHash, Instant createdAt) {}

    PublicationRequest ofVersion(long repositoryId, int number, StatelessSession session) {
        StoredRepository repository = repositories.get(repositoryId, session);
        Version version = Sql.one(
                        session,
                        "select content_hash, created_at from repository_version where repository_id = ? and number = ?",
                        row -> new Version(row.text("content_hash"), row.instant("created_at")),
                        repositoryId,
                        number)
                .orElseThrow(() ->
                        new IllegalArgumentException("repository " + repository.name() + " has no version " + number));
        PublicationOptions options = options(repository, version.createdAt());
        return new PublicationRequest(
                new Content.OfVersion(repositoryId, number),
                repository.type(),
                hash.ofVersion(
                        repositoryId,
                        number,
                        repository.type(),
                        version.contentHash(),
                        options,
                        repository.signKeyId()),
                options,
                repository.signKeyId());
    }

    PublicationRequest ofSet(
            long contentSetId,
            RepositoryType type,
            PublicationOptions options,
            @Nullable Long signKeyId,
            StatelessSession session) {
        String contentHash = Sql.one(
                        session, "select hash from content_set where id = ?", row -> row.text("hash"), contentSetId)
                .orElseThrow(() -> new IllegalArgumentException("there is no content set " + contentSetId));
        return new PublicationRequest(
                new Content.OfSet(contentSetId),
                type,
                hash.ofSet(type, contentHash, options, signKeyId),
                options,
                signKeyId);
    }

    private static PublicationOptions options(StoredRepository repository, Instant time) {
        RepositoryOptions options = repository.options();
        String compression = options.compression() == null ? PublicationOptions.GZIP : options.compression();
        return new PublicationOptions(
                compression, time, repository.type() == RepositoryType.DEB ? debian(repository) : null, null);
    }

    private static PublicationOptions.Debian debian(StoredRepository repository) {
        RepositoryOptions options = repository.options();
        List<String> architectures = options.architectures() == null
                ? Arrays.asList(repository.arch().split(","))
                : options.architectures();
        return new PublicationOptions.Debian(
                orElse(options.suite(), RepositoryOptions.DEFAULT_SUITE),
                options.components() == null
                        ? RepositoryOptions.DEFAULT_COMPONENT
                        : options.components().get(0),
                architectures,
                "Slipway",
                repository.name());
    }

    private static String orElse(@Nullable String text, String otherwise) {
        return text == null ? otherwise : text;
    }
}
