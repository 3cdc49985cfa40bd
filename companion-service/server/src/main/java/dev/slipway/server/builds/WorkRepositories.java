package dev.slipway.server.builds;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.api.tasks.WorkRepository;
import dev.slipway.server.database.Row;
import dev.slipway.server.database.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.StatelessSession;

/**
 * The repositories that a build's or test's root draws from: the platform's, the build's own and those of linked builds,
 * filtered by format and architecture alike. One that was never published has nothing in it and is left out.
 */
public final class WorkRepositories {
    private static final int OF_BUILD_PRIORITY = 5;
    private static final int DEFAULT_PRIORITY = 10;

    private WorkRepositories() {}

    /** The repositories for one architecture of a build's platform. */
    public static List<WorkRepository> of(long buildId, long platformId, String arch, StatelessSession session) {
        return Sql.list(
                session, """
                with offered as (
                  select repository_id as id from platform_repository where platform_id = ?
                   union
                  select r.id from repository r
                   where r.platform_id = ? and r.kind = 'build'
                     and r.build_id in (select ?::bigint union all
                                        select linked_build_id from build_link where build_id = ?))
                select r.name, r.type, r.kind, r.url, r.options, c.path, k.certificate
                  from offered o
                  join repository r on r.id = o.id
                  join platform p on p.id = ? and p.type = r.type
                  left join channel c on c.repository_id = r.id
                  left join sign_key k on k.id = r.sign_key_id
                 where not r.debug
                   and string_to_array(r.arch, ',') && array[?, 'noarch', 'all']::text[]
                   and (r.kind = 'remote' or c.publication_id is not null)
                 order by r.kind = 'build' desc, r.name, r.id
                """, WorkRepositories::read, platformId, platformId, buildId, buildId, platformId, arch);
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
