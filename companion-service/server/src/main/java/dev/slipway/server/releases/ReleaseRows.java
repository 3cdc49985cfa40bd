package dev.slipway.server.releases;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.api.releases.ReleaseOwner;
import dev.slipway.api.releases.ReleasePlan;
import dev.slipway.server.database.Row;
import dev.slipway.server.database.Sql;
import dev.slipway.server.http.Json;
import dev.slipway.server.http.ProblemException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** The rows of releases. */
final class ReleaseRows {

    private static final String SELECT = """
            select r.*, u.username, u.email, p.name as platform, d.name as distribution, d.approval,
                w.username as planner, a.username as approver,
                case when r.phase = 'signing' then (
                    select string_agg(distinct 'the key ' || k.name || ' (' || k.keyid || ')', ' and ')
                    from release_target t join publication pub on pub.id in (t.from_publication_id, t.to_publication_id)
                    join sign_key k on k.id = pub.sign_key_id where t.release_id = r.id and pub.state = 'signing'
                ) end as awaited_keys,
                array(select build_id from release_build b where b.release_id = r.id order by build_id) as builds
            from release r join app_user u on u.id = r.owner_id join platform p on p.id = r.platform_id
            join distribution d on d.id = r.distribution_id
            join app_user w on w.id = coalesce(r.planned_by, r.owner_id) left join app_user a on a.id = r.approved_by
            """;

    /** Which releases a list shows; null members allow all. */
    record Filter(
            @Nullable Integer status,
            @Nullable Long platformId,
            @Nullable String distribution,
            @Nullable Long buildId) {

        private static final String CONDITION = """
                 where (?::integer is null or r.status = ?) and (?::bigint is null or r.platform_id = ?)
                  and (?::text is null or d.name = ?)
                  and (?::bigint is null or exists (select from release_build b where b.release_id = r.id and b.build_id = ?))
                """;

        private @Nullable Object[] and(@Nullable Object... more) {
            @Nullable Object[] all = new @Nullable Object[8 + more.length];
            @Nullable
            Object[] own = {status, status, platformId, platformId, distribution, distribution, buildId, buildId};
            System.arraycopy(own, 0, all, 0, own.length);
            System.arraycopy(more, 0, all, own.length, more.length);
            return all;
        }
    }

    long insert(
            long ownerId,
            Destination destination,
            Collection<Long> builds,
            @Nullable Collection<Long> tasks,
            CheckedPlan plan,
            Instant now,
            StatelessSession session) {
        long id = Sql.number(
                session,
                """
                insert into release (owner_id, planned_by, platform_id, reference_platform_id, distribution_id, status,
                    task_ids, plan, plan_hash, created_at)
                values (?, ?, ?, ?, ?, 1, ?::bigint[], ?, ?, ?) returning id""",
                ownerId,
                ownerId,
                destination.platformId(),
                destination.referencePlatformId(),
                destination.distributionId(),
                tasks,
                Json.mapper().<JsonNode>valueToTree(plan.plan()),
                plan.hash(),
                now);
        addBuilds(id, builds, session);
        return id;
    }

    private static void addBuilds(long id, Collection<Long> builds, StatelessSession session) {
        Sql.update(
                session, "insert into release_build (release_id, build_id) select ?, unnest(?::bigint[])", id, builds);
    }

    void setBuilds(long id, Collection<Long> builds, @Nullable Collection<Long> tasks, StatelessSession session) {
        Sql.update(session, "delete from release_build where release_id = ?", id);
        addBuilds(id, builds, session);
        Sql.update(session, "update release set task_ids = ?::bigint[] where id = ?", tasks, id);
    }

    void setPlan(long id, CheckedPlan plan, StatelessSession session) {
        Sql.update(
                session,
                "update release set plan = ?, plan_hash = ?, revision = revision + 1 where id = ?",
                Json.mapper().<JsonNode>valueToTree(plan.plan()),
                plan.hash(),
                id);
    }

    /** Notes who wrote the plan as it stands; what was approved before is not what it says now. */
    void setPlanner(long id, long userId, StatelessSession session) {
        Sql.update(
                session,
                "update release set planned_by = ?, approved_by = null, approved_at = null, approved_hash = null where id = ?",
                userId,
                id);
    }

    void setApproval(long id, long userId, Instant at, String planHash, StatelessSession session) {
        Sql.update(
                session,
                "update release set approved_by = ?, approved_at = ?, approved_hash = ?, revision = revision + 1 where id = ?",
                userId,
                at,
                planHash,
                id);
    }

    StoredRelease get(long id, StatelessSession session) {
        return find(id, session).orElseThrow(() -> ProblemException.notFound("release", id));
    }

    Optional<StoredRelease> find(long id, StatelessSession session) {
        return Sql.one(session, SELECT + " where r.id = ?", ReleaseRows::read, id);
    }

    /** The release, its row locked. */
    StoredRelease lock(long id, StatelessSession session) {
        Sql.list(session, "select id from release where id = ? for update", row -> row.number("id"), id);
        return get(id, session);
    }

    /** Releases that have waited for signatures since before that time. */
    List<Long> unsignedSince(Instant time, StatelessSession session) {
        return Sql.list(session, """
                select id from release r where status = 2 and phase = 'signing' and exists (select from release_target t
                    join publication p on p.id in (t.from_publication_id, t.to_publication_id)
                    where t.release_id = r.id and p.state = 'signing' and p.touched_at < ?) order by id""", row -> row.number("id"), time);
    }

    void remove(long id, StatelessSession session) {
        Sql.update(session, "delete from release where id = ?", id);
    }

    /** Releases of lower ids than {@code before}, newest first. */
    List<StoredRelease> list(Filter filter, long before, long offset, int limit, StatelessSession session) {
        return Sql.list(
                session,
                SELECT + Filter.CONDITION + " and r.id < ? order by r.id desc offset ? limit ?",
                ReleaseRows::read,
                filter.and(before, offset, limit));
    }

    long count(Filter filter, StatelessSession session) {
        return Sql.number(
                session,
                "select count(*) from release r join distribution d on d.id = r.distribution_id" + Filter.CONDITION,
                filter.and());
    }

    private static StoredRelease read(Row row) throws SQLException {
        String phase = row.textOrNull("phase");
        return new StoredRelease(
                row.number("id"),
                ReleaseStatus.of(row.integer("status")),
                phase == null ? null : Phase.of(phase),
                row.textOrNull("awaited_keys"),
                row.numbers("builds"),
                row.textOrNull("task_ids") == null ? null : row.numbers("task_ids"),
                plan(row.text("plan")),
                row.text("plan_hash"),
                new ReleaseOwner(row.number("owner_id"), row.text("username"), row.textOr("email", "")),
                row.number("platform_id"),
                row.text("platform"),
                row.numberOrNull("reference_platform_id"),
                row.number("distribution_id"),
                row.text("distribution"),
                row.textOrNull("error"),
                row.integer("attempts"),
                row.instant("created_at"),
                row.instantOrNull("committed_at"),
                row.instantOrNull("reverted_at"),
                approval(row),
                row.integer("revision"));
    }

    private static StoredApproval approval(Row row) throws SQLException {
        Long planner = row.numberOrNull("planned_by");
        return new StoredApproval(
                row.text("approval").equals("second-person"),
                planner == null ? row.number("owner_id") : planner,
                row.text("planner"),
                row.textOrNull("approver"),
                row.instantOrNull("approved_at"),
                row.textOrNull("approved_hash"));
    }

    private static ReleasePlan plan(String json) throws SQLException {
        try {
            return Json.mapper().readValue(json, ReleasePlan.class);
        } catch (JsonProcessingException e) {
            throw new SQLException("a stored plan cannot be read", e);
        }
    }
}
