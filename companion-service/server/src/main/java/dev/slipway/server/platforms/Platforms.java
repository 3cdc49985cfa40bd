package dev.slipway.server.platforms;

import dev.slipway.api.platforms.Platform;
import dev.slipway.api.platforms.PlatformRepository;
import dev.slipway.api.platforms.PlatformRequest;
import dev.slipway.server.database.Sql;
import dev.slipway.server.http.Json;
import dev.slipway.server.http.ProblemException;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** The platforms and which repositories each draws from. */
public final class Platforms {
    private final PlatformRepositories repositories;
    private final Clock clock;

    public Platforms(PlatformRepositories repositories, Clock clock) {
        this.repositories = repositories;
        this.clock = clock;
    }

    public Platform create(PlatformRequest request, StatelessSession session) {
        PlatformCheck.complete(request);
        PlatformCheck.values(request, request.type());
        long id = Sql.one(
                        session,
                        """
                        insert into platform (name, type, distr_type, distr_version, test_dist_name, arch_list, priority,
                                              data, created_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (name) do nothing returning id
                        """,
                        row -> row.number("id"),
                        request.name(),
                        request.type(),
                        request.distrType(),
                        request.distrVersion(),
                        request.testDistName(),
                        request.archList(),
                        Objects.requireNonNullElse(request.priority(), 0),
                        Json.mapper().valueToTree(request.data()),
                        clock.instant())
                .orElseThrow(() -> ProblemException.alreadyExists("platform", request.name()));
        if (request.repos() != null) {
            repositories.set(id, request.repos(), session);
        }
        return view(id, session);
    }

    /** Changes what the request gives of the platform that it names. */
    public Platform update(PlatformRequest request, StatelessSession session) {
        PlatformRow before = Sql.one(
                        session,
                        "select " + PlatformRow.COLUMNS + " from platform p where name = ? for no key update",
                        PlatformRow::read,
                        request.name())
                .orElseThrow(() -> ProblemException.notFound("platform", request.name()));
        if (request.revision() != null && request.revision() != before.revision()) {
            throw ProblemException.conflict("the platform is at revision " + before.revision() + " now")
                    .with("revision", before.revision());
        }
        if (request.type() != null && !request.type().equals(before.type())) {
            throw ProblemException.unprocessable("/type: a platform stays " + before.type());
        }
        PlatformCheck.values(request, before.type());
        Platform shownBefore = view(before.id(), session);
        Sql.update(
                session,
                """
                update platform set distr_type = ?, distr_version = ?, test_dist_name = ?, arch_list = ?, priority = ?,
                       data = ?
                 where id = ?
                """,
                or(request.distrType(), before.distrType()),
                or(request.distrVersion(), before.distrVersion()),
                or(request.testDistName(), before.testDistName()),
                or(request.archList(), before.archList()),
                or(request.priority(), before.priority()),
                request.data() == null ? before.data() : Json.mapper().valueToTree(request.data()),
                before.id());
        if (request.repos() != null) {
            repositories.set(before.id(), request.repos(), session);
        }
        Platform after = view(before.id(), session);
        // what a declaration repeats is no edit
        return after.equals(shownBefore) ? after : touched(before.id(), session);
    }

    private static <T> T or(@Nullable T given, T otherwise) {
        return given == null ? otherwise : given;
    }

    /** Holds a platform against other changes once {@code expected} lets its revision pass. */
    void lock(long id, LongConsumer expected, StatelessSession session) {
        long revision = Sql.one(
                        session,
                        "select revision from platform where id = ? for no key update",
                        row -> row.number("revision"),
                        id)
                .orElseThrow(() -> ProblemException.notFound("platform", id));
        expected.accept(revision);
    }

    public Platform addRepositories(long id, List<Long> repositoryIds, StatelessSession session) {
        Platform before = view(id, session);
        repositories.add(id, before.type(), repositoryIds, session);
        return touched(id, session);
    }

    public Platform removeRepositories(long id, List<Long> repositoryIds, StatelessSession session) {
        view(id, session);
        repositories.remove(id, repositoryIds, session);
        return touched(id, session);
    }

    private Platform touched(long id, StatelessSession session) {
        Sql.update(session, "update platform set revision = revision + 1 where id = ?", id);
        return view(id, session);
    }

    public Optional<PlatformRow> find(String name, StatelessSession session) {
        return Sql.one(
                session, "select " + PlatformRow.COLUMNS + " from platform p where name = ?", PlatformRow::read, name);
    }

    public PlatformRow get(long id, StatelessSession session) {
        return Sql.one(
                        session,
                        "select " + PlatformRow.COLUMNS + " from platform p where id = ?",
                        PlatformRow::read,
                        id)
                .orElseThrow(() -> ProblemException.notFound("platform", id));
    }

    /** The platforms of these names; unknown names are left out. */
    public List<PlatformRow> named(Collection<String> names, StatelessSession session) {
        return Sql.list(
                session,
                "select " + PlatformRow.COLUMNS + " from platform p where name = any(?) order by name",
                PlatformRow::read,
                names);
    }

    public List<String> names(StatelessSession session) {
        return Sql.list(session, "select name from platform order by name limit 200", row -> row.text("name"));
    }

    /** Platforms after a name, by name. */
    public List<Platform> list(String after, long offset, int limit, StatelessSession session) {
        List<PlatformRow> rows = Sql.list(
                session,
                "select " + PlatformRow.COLUMNS + " from platform p where name > ? order by name offset ? limit ?",
                PlatformRow::read,
                after,
                offset,
                limit);
        Map<Long, List<PlatformRepository>> repos =
                repositories.of(rows.stream().map(PlatformRow::id).toList(), session);
        return rows.stream().map(row -> view(row, repos)).toList();
    }

    public long count(StatelessSession session) {
        return Sql.number(session, "select count(*) from platform");
    }

    public Platform view(long id, StatelessSession session) {
        return view(get(id, session), repositories.of(List.of(id), session));
    }

    private static Platform view(PlatformRow row, Map<Long, List<PlatformRepository>> repos) {
        @SuppressWarnings("unchecked")
        Map<String, Object> data = Json.mapper().convertValue(row.data(), Map.class);
        return new Platform(
                row.id(),
                row.name(),
                row.archList(),
                row.type(),
                row.distrType(),
                row.distrVersion(),
                row.testDistName(),
                row.priority(),
                data,
                repos.getOrDefault(row.id(), List.of()),
                row.revision(),
                row.createdAt());
    }
}
