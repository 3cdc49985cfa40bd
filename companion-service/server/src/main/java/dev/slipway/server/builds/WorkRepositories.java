package dev.slipway.server.builds;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.api.tasks.WorkRepository;
import dev.slipway.server.database.Row;
import dev.slipway.server.database.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.hibernate.StatelessSession;

/**
 * The repositories that a build's or test's root draws from: the platform's, the build's own and those of linked builds,
 * filtered by format and architecture alike. One that was never published has nothing in it and is left out.
 */
public final class WorkRepositories {
    private static final int OF_BUILD_PRIORITY = 5;
    private static final int DEFAULT_PRIORITY = 10;

    private WorkRepositories() {}

    /** One architecture of a build's platform. */
    public record Place(long buildId, long platformId, String arch) {}

    private record Found(Place place, WorkRepository repository) {}

    /** The repositories for one place. */
    public static List<WorkRepository> of(Place place, StatelessSession session) {
        return of(Set.of(place), session).getOrDefault(place, List.of());
    }

    /** The repositories for each of these places that has any. */
    public static Map<Place, List<WorkRepository>> of(Set<Place> places, StatelessSession session) {
        return Sql.list(
                        session,
                        """
                with offered as materialized (
                  select w.build_id, w.platform_id, w.arch, own.id
                    from unnest(?::bigint[], ?::bigint[], ?::text[]) w(build_id, platform_id, arch)
                   cross join lateral (
                     select repository_id as id from platform_repository where platform_id = w.platform_id
                      union
                     select o.id from repository o
                      where o.platform_id = w.platform_id and o.kind = 'build'
                        and o.build_id in (select w.build_id union all
                                           select linked_build_id from build_link where build_id = w.build_id)) own)
                select w.build_id, w.platform_id, w.arch as root_arch,
                       r.name, r.type, r.kind, r.url, r.options, c.path, k.certificate
                  from offered w
                  join repository r on r.id = w.id
                  join platform p on p.id = w.platform_id and p.type = r.type
                  left join channel c on c.repository_id = r.id
                  left join sign_key k on k.id = r.sign_key_id
                 where not r.debug
                   and string_to_array(r.arch, ',') && array[w.arch, 'noarch', 'all']::text[]
                   and (r.kind = 'remote' or c.publication_id is not null)
                 order by r.kind = 'build' desc, r.name, r.id
                """,
                        row -> new Found(
                                new Place(row.number("build_id"), row.number("platform_id"), row.text("root_arch")),
                                read(row)),
                        places.stream().map(Place::buildId).toList(),
                        places.stream().map(Place::platformId).toList(),
                        places.stream().map(Place::arch).toList())
                .stream()
                .collect(Collectors.groupingBy(
                        Found::place, Collectors.mapping(Found::repository, Collectors.toList())));
    }

    private static WorkRepository read(Row row) throws SQLException {
        JsonNode options = row.json("options");
        boolean ofBuild = row.text("kind").equals("build");
        boolean remote = row.text("kind").equals("remote");
        String key = remote
                ? options.hasNonNull("signed_by") ? options.get("signed_by").asText() : null
                : row.textOrNull("certificate");
        return new WorkRepository(
                row.text("name"),
                remote ? row.text("url") : "/repos/" + row.text("path") + "/",
                row.text("type"),
                options.hasNonNull("suite") ? options.get("suite").asText() : null,
                components(options),
                ofBuild || options.path("trusted").asBoolean(false),
                key,
                ofBuild ? OF_BUILD_PRIORITY : options.path("priority").asInt(DEFAULT_PRIORITY));
    }

    private static List<String> components(JsonNode options) {
        List<String> components = new ArrayList<>();
        options.path("components").forEach(each -> components.add(each.asText()));
        return components;
    }
}
