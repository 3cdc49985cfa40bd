package dev.slipway.server.composes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.api.composes.Compose;
import dev.slipway.api.composes.ComposeRequest;
import dev.slipway.server.database.Row;
import dev.slipway.server.database.Sql;
import dev.slipway.server.http.Json;
import dev.slipway.server.publications.PublicationOptions;
import dev.slipway.server.repositories.RepositoryType;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** The rows of composes. */
final class ComposeRows {

    private static final String SELECT = """
            select c.*, u.username, s.package_count
            from compose c join app_user u on u.id = c.owner_id join content_set s on s.id = c.content_set_id
            """;

    private static final int MOST_OVERDUE = 100;

    /** What a list holds; null members don't narrow it. */
    record Filter(
            @Nullable Integer state,
            @Nullable String owner,
            @Nullable String label,
            @Nullable String event) {

        private static final String CONDITION = """
                 where (?::integer is null or c.state = ?) and (?::text is null or u.username = ?)
                  and (?::text is null or c.label = ?) and (?::text is null or c.event = ?)
                """;

        private @Nullable Object[] and(@Nullable Object... more) {
            return Stream.concat(Stream.of(state, state, owner, owner, label, label, event, event), Stream.of(more))
                    .toArray();
        }
    }

    /** What a new compose's row holds. */
    record Insert(
            long ownerId,
            ComposeRequest request,
            RepositoryType type,
            @Nullable Long platformId,
            long contentSetId,
            String contentHash,
            PublicationOptions options,
            @Nullable Long signKeyId,
            @Nullable Long reusedId,
            @Nullable Long regeneratesId,
            long lifetimeSeconds,
            String reason) {}

    /** Stores a compose that waits to be made; its id. */
    long insert(Insert row, Instant now, StatelessSession session) {
        return Sql.number(
                session,
                """
                insert into compose (owner_id, state, state_reason, request, label, event, type, platform_id, content_set_id,
                    content_hash, options, sign_key_id, reused_id, regenerates_id, lifetime_seconds, time_submitted, time_to_expire)
                values (?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning id""",
                row.ownerId(),
                row.reason(),
                Json.mapper().<JsonNode>valueToTree(row.request()),
                row.request().label(),
                row.request().event(),
                row.type().word(),
                row.platformId(),
                row.contentSetId(),
                row.contentHash(),
                Json.mapper().<JsonNode>valueToTree(row.options()),
                row.signKeyId(),
                row.reusedId(),
                row.regeneratesId(),
                row.lifetimeSeconds(),
                now,
                now.plusSeconds(row.lifetimeSeconds()));
    }

    Optional<StoredCompose> find(long id, StatelessSession session) {
        return Sql.one(session, SELECT + " where c.id = ?", this::read, id);
    }

    /** The compose, its row locked. */
    Optional<StoredCompose> lock(long id, StatelessSession session) {
        return Sql.one(session, SELECT + " where c.id = ? for update of c", this::read, id);
    }

    /** Composes that wait for a publication, their rows locked. */
    List<StoredCompose> lockGenerating(long publicationId, StatelessSession session) {
        return Sql.list(
                session,
                SELECT + " where c.publication_id = ? and c.state = 1 order by c.id for update of c",
                this::read,
                publicationId);
    }

    /** A compose that waits for the signature of this publication. */
    record Awaiting(long id, long publicationId) {}

    /** Composes whose time to wait for their signature is over, as many as are ended in one round. */
    List<Awaiting> overdue(Instant now, StatelessSession session) {
        return Sql.list(
                session, """
                select c.id, c.publication_id from compose c join publication p on p.id = c.publication_id
                where c.state = 1 and p.state = 'signing' and coalesce(c.lease_expires_at, c.time_started) < ?
                order by c.id limit ?""", row -> new Awaiting(row.number("id"), row.number("publication_id")), now, MOST_OVERDUE);
    }

    /** Which key a publication is to be signed with, in words. */
    String keyOf(long publicationId, StatelessSession session) {
        return Sql.one(
                        session,
                        """
                        select k.name, k.keyid from publication p join sign_key k on k.id = p.sign_key_id where p.id = ?""",
                        row -> "the key " + row.text("name") + " (" + row.text("keyid") + ")",
                        publicationId)
                .orElse("its key");
    }

    /** The oldest compose that has or is getting this content. */
    Optional<Long> equalTo(String contentHash, StatelessSession session) {
        return Sql.one(session, """
                select id from compose where content_hash = ? and state in (0, 1, 2) and reused_id is null
                and request->>'no_reuse' is distinct from 'true' order by id limit 1""", row -> row.number("id"), contentHash);
    }

    /** Composes older than {@code beforeId}, newest first. */
    List<StoredCompose> list(Filter filter, long beforeId, long offset, int limit, StatelessSession session) {
        return Sql.list(
                session,
                SELECT + Filter.CONDITION + " and c.id < ? order by c.id desc offset ? limit ?",
                this::read,
                filter.and(beforeId, offset, limit));
    }

    long count(Filter filter, StatelessSession session) {
        return Sql.number(
                session,
                "select count(*) from compose c join app_user u on u.id = c.owner_id" + Filter.CONDITION,
                filter.and());
    }

    void setState(long id, Compose.State state, @Nullable String reason, StatelessSession session) {
        Sql.update(
                session,
                "update compose set state = ?, state_reason = ?, revision = revision + 1 where id = ?",
                state.ordinal(),
                reason,
                id);
    }

    private StoredCompose read(Row row) throws SQLException {
        return new StoredCompose(
                row.number("id"),
                row.number("owner_id"),
                row.text("username"),
                Compose.State.values()[row.integer("state")],
                row.textOrNull("state_reason"),
                Json.mapper().convertValue(row.json("request"), ComposeRequest.class),
                RepositoryType.of(row.text("type")),
                row.numberOrNull("platform_id"),
                row.number("content_set_id"),
                row.integer("package_count"),
                row.text("content_hash"),
                Json.mapper().convertValue(row.json("options"), PublicationOptions.class),
                row.numberOrNull("sign_key_id"),
                row.numberOrNull("publication_id"),
                row.numberOrNull("channel_id"),
                row.numberOrNull("reused_id"),
                row.numberOrNull("regenerates_id"),
                row.number("lifetime_seconds"),
                row.integer("attempts"),
                row.instant("time_submitted"),
                row.instantOrNull("time_started"),
                row.instantOrNull("time_done"),
                row.instant("time_to_expire"),
                row.instantOrNull("time_removed"),
                row.textOrNull("removed_by"),
                row.integer("revision"));
    }
}
