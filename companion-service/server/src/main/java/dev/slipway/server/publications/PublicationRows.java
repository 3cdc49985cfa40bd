package dev.slipway.server.publications;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.server.database.Row;
import dev.slipway.server.database.Sql;
import dev.slipway.server.http.Json;
import dev.slipway.server.repositories.RepositoryType;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** The rows of publications and of their files. */
final class PublicationRows {

    private static final String SELECT = """
            select id, hash, type, repository_id, version, content_set_id, sign_key_id, state, error, package_count
            from publication
            """;

    /** The publication of a request: the one that is there, marked as wanted now, or a new one. */
    Publication claim(PublicationRequest request, Instant now, StatelessSession session) {
        Content.OfVersion version = request.content() instanceof Content.OfVersion of ? of : null;
        Content.OfSet set = request.content() instanceof Content.OfSet of ? of : null;
        long id = Sql.number(
                session,
                """
                insert into publication (hash, type, repository_id, version, content_set_id, options, sign_key_id, state,
                    created_at, touched_at)
                values (?, ?, ?, ?, ?, ?, ?, 'preparing', ?, ?)
                on conflict (hash) do update set touched_at = excluded.touched_at
                returning id""",
                request.hash(),
                request.type().word(),
                version == null ? null : version.repositoryId(),
                version == null ? null : version.version(),
                set == null ? null : set.contentSetId(),
                Json.mapper().<JsonNode>valueToTree(request.options()),
                request.signKeyId(),
                now,
                now);
        return find(id, session).orElseThrow();
    }

    Optional<Publication> find(long id, StatelessSession session) {
        return Sql.one(session, SELECT + " where id = ?", PublicationRows::read, id);
    }

    Optional<Publication> findByHash(String hash, StatelessSession session) {
        return Sql.one(session, SELECT + " where hash = ? for key share", PublicationRows::read, hash);
    }

    /** The publication as it is until the transaction ends. */
    Optional<Publication> hold(long id, StatelessSession session) {
        return Sql.one(session, SELECT + " where id = ? for share", PublicationRows::read, id);
    }

    /** The publication, its row locked. */
    Optional<Publication> lock(long id, StatelessSession session) {
        return Sql.one(session, SELECT + " where id = ? for update", PublicationRows::read, id);
    }

    void addFiles(long id, List<StoredFile> files, StatelessSession session) {
        Sql.batch(
                session,
                "insert into publication_file (publication_id, path, blob_sha256, size) values (?, ?, ?, ?)",
                files.stream()
                        .map(file -> new @Nullable Object[] {id, file.path(), file.sha256(), file.size()})
                        .toList());
    }

    void removeFiles(long id, StatelessSession session) {
        Sql.update(session, "delete from publication_file where publication_id = ?", id);
    }

    void setState(
            long id,
            Publication.State state,
            @Nullable String error,
            @Nullable Integer packageCount,
            @Nullable Instant readyAt,
            StatelessSession session) {
        Sql.update(session, """
                update publication set state = ?, error = ?, package_count = coalesce(?, package_count), ready_at = ?
                where id = ?""", state.name().toLowerCase(Locale.ROOT), error, packageCount, readyAt, id);
    }

    private static Publication read(Row row) throws SQLException {
        return new Publication(
                row.number("id"),
                row.text("hash"),
                RepositoryType.of(row.text("type")),
                row.numberOrNull("repository_id"),
                row.integerOrNull("version"),
                row.numberOrNull("content_set_id"),
                row.numberOrNull("sign_key_id"),
                Publication.State.valueOf(row.text("state").toUpperCase(Locale.ROOT)),
                row.textOrNull("error"),
                row.integerOrNull("package_count"));
    }
}
