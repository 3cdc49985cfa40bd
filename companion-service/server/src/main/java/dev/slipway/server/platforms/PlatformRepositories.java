package dev.slipway.server.platforms;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.api.platforms.PlatformRepository;
import dev.slipway.server.database.Row;
import dev.slipway.server.database.Sql;
import dev.slipway.server.http.Json;
import dev.slipway.server.http.ProblemException;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.hibernate.StatelessSession;

/** Which repositories a platform draws from: somebody else's, known by address, or ones that the companion hosts. */
public final class PlatformRepositories {
    private static final int DEFAULT_PRIORITY = 10;
    private final Clock clock;

    public PlatformRepositories(Clock clock) {
        this.clock = clock;
    }

    /** Makes exactly these the platform's repositories. Remote ones are made or brought up to date; hosted ones must exist. */
    void set(long platformId, List<PlatformRepository> wanted, StatelessSession session) {
        List<Long> ids = new ArrayList<>();
        for (PlatformRepository repository : wanted) {
            ids.add(repository.url().isEmpty() ? hosted(repository, session) : remote(repository, session));
        }
        Sql.update(session, "delete from platform_repository where platform_id = ?", platformId);
        link(platformId, ids, session);
    }

    private long hosted(PlatformRepository wanted, StatelessSession session) {
        return Sql.one(
                        session,
                        """
                        select id from repository
                         where name = ? and arch = ? and type = ? and debug = ? and kind in ('hosted', 'distribution')
                        """,
                        row -> row.number("id"),
                        wanted.name(),
                        wanted.arch(),
                        wanted.type(),
                        Boolean.TRUE.equals(wanted.debug()))
                .orElseThrow(() -> ProblemException.unprocessable("/repos: there is no repository '" + wanted.name()
                        + "' for " + wanted.arch() + " here; give its url if somebody else serves it"));
    }

    private long remote(PlatformRepository wanted, StatelessSession session) {
        return Sql.one(
                        session,
                        """
                        insert into repository as r (name, arch, type, debug, kind, url, options, created_at)
                        values (?, ?, ?, ?, 'remote', ?, ?, ?)
                        on conflict (name, arch, type, debug) do update
                           set url = excluded.url, options = excluded.options, revision = r.revision + 1
                         where r.kind = 'remote'
                        returning id
                        """,
                        row -> row.number("id"),
                        wanted.name(),
                        wanted.arch(),
                        wanted.type(),
                        Boolean.TRUE.equals(wanted.debug()),
                        wanted.url(),
                        options(wanted),
                        clock.instant())
                .orElseThrow(() -> ProblemException.conflict(
                        "/repos: a repository of this service is called '" + wanted.name() + "' for " + wanted.arch()));
    }

    private static ObjectNode options(PlatformRepository wanted) {
        ObjectNode options = Json.mapper().createObjectNode();
        options.put("priority", Objects.requireNonNullElse(wanted.priority(), DEFAULT_PRIORITY));
        if (wanted.suite() != null) {
            options.put("suite", wanted.suite());
            options.set(
                    "components",
                    Json.mapper().valueToTree(wanted.components().isEmpty() ? List.of("main") : wanted.components()));
        }
        if (wanted.key() != null) {
            options.put("signed_by", wanted.key());
        }
        if (wanted.trusted() != null) {
            options.put("trusted", wanted.trusted());
        }
        return options;
    }

    /** Adds repositories of the platform's type; those that it has already stay. */
    void add(long platformId, String type, List<Long> ids, StatelessSession session) {
        Map<Long, String> types = ids.isEmpty()
                ? Map.of()
                : Sql.list(
                                session,
                                "select id, type from repository where id = any(?)",
                                row -> Map.entry(row.number("id"), row.text("type")),
                                ids)
                        .stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        for (Long id : ids) {
            String found = types.get(id);
            if (found == null) {
                throw ProblemException.notFound("repository", id);
            }
            if (!found.equals(type)) {
                throw ProblemException.unprocessable(
                        "repository " + id + " holds " + found + " packages, the platform needs " + type);
            }
        }
        link(platformId, ids, session);
    }

    void remove(long platformId, List<Long> ids, StatelessSession session) {
        for (Long id : ids) {
            Sql.update(
                    session,
                    "delete from platform_repository where platform_id = ? and repository_id = ?",
                    platformId,
                    id);
        }
    }

    private static void link(long platformId, Collection<Long> ids, StatelessSession session) {
        for (Long id : ids) {
            Sql.update(
                    session,
                    "insert into platform_repository (platform_id, repository_id) values (?, ?) on conflict do nothing",
                    platformId,
                    id);
        }
    }

    /** The repositories of platforms, by platform. */
    Map<Long, List<PlatformRepository>> of(Collection<Long> platformIds, StatelessSession session) {
        if (platformIds.isEmpty()) {
            return Map.of();
        }
        record Owned(long platformId, PlatformRepository repository) {}
        return Sql.list(session, """
                        select pr.platform_id, r.id, r.name, r.arch, coalesce(r.url, '') as url, r.type, r.debug, r.options
                          from platform_repository pr join repository r on r.id = pr.repository_id
                         where pr.platform_id = any(?) order by r.name, r.arch, r.id
                        """, row -> new Owned(row.number("platform_id"), view(row)), platformIds).stream()
                .collect(Collectors.groupingBy(
                        Owned::platformId,
                        LinkedHashMap::new,
                        Collectors.mapping(Owned::repository, Collectors.toList())));
    }

    private static PlatformRepository view(Row row) throws SQLException {
        var options = row.json("options");
        List<String> components = new ArrayList<>();
        options.path("components").forEach(each -> components.add(each.asText()));
        return new PlatformRepository(
                row.number("id"),
                row.text("name"),
                row.text("arch"),
                row.text("url"),
                row.text("type"),
                row.flag("debug"),
                options.path("priority").asInt(DEFAULT_PRIORITY),
                options.hasNonNull("suite") ? options.get("suite").asText() : null,
                components,
                options.path("trusted").asBoolean(false) ? Boolean.TRUE : null,
                options.hasNonNull("signed_by") ? options.get("signed_by").asText() : null);
    }
}
