package dev.slipway.server.releases;

import dev.slipway.server.database.Row;
import dev.slipway.server.database.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hibernate.StatelessSession;

/** Reads what packages need and provide. Three queries. */
final class ClosureReader {

    private static final String DEPENDENCIES = """
            p.id, p.name, p.nevra, p.format,
            jsonb_path_query_array(p.header, '$.requires[*].name') as rpm_requires,
            jsonb_path_query_array(p.header, '$.provides[*].name') as rpm_provides,
            case p.format when 'deb' then p.header->>'pre_depends' end as deb_pre_depends,
            case p.format when 'deb' then p.header->>'depends' end as deb_depends,
            case p.format when 'deb' then p.header->>'provides' end as deb_provides
            """;

    private ClosureReader() {}

    static Closure read(
            Collection<Long> builds, List<Candidate> candidates, List<Place> places, StatelessSession session) {
        Map<Long, Dependencies> own = new HashMap<>();
        List<BuiltClosure.Supplier> suppliers = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Map<Long, Long> buildOf = new HashMap<>();
        candidates.stream().filter(c -> !c.source() && !c.debug()).forEach(c -> buildOf.put(c.id(), c.buildId()));
        Sql.each(
                session,
                "select " + DEPENDENCIES + " from package p where p.id = any(?::bigint[])",
                row -> {
                    Dependencies read = read(row);
                    long id = row.number("id");
                    own.put(id, read);
                    names.add(row.text("name"));
                    suppliers.add(new BuiltClosure.Supplier(
                            id, row.text("nevra"), buildOf.getOrDefault(id, 0L), read.provides()));
                },
                buildOf.keySet());
        linked(builds, suppliers, names, places, session);
        return new BuiltClosure(own, suppliers, published(names, places, session));
    }

    private static void linked(
            Collection<Long> builds,
            List<BuiltClosure.Supplier> suppliers,
            Set<String> names,
            List<Place> places,
            StatelessSession session) {
        Sql.each(
                session,
                "select bt.build_id, " + DEPENDENCIES + """
                         from build_link l join build_task bt on bt.build_id = l.linked_build_id
                         join task t on t.id = bt.task_id join artifact a on a.task_id = t.id
                         join package p on p.id = a.package_id
                        where l.build_id = any(?::bigint[]) and l.linked_build_id <> all(?::bigint[])
                          and bt.platform_id = any(?::bigint[]) and t.state = 'succeeded'
                          and not p.is_source and not p.is_debug""",
                row -> {
                    names.add(row.text("name"));
                    suppliers.add(new BuiltClosure.Supplier(
                            row.number("id"),
                            row.text("nevra"),
                            row.number("build_id"),
                            read(row).provides()));
                },
                builds,
                builds,
                places.stream().map(Place::platformId).distinct().toList());
    }

    private static Set<String> published(Set<String> names, List<Place> places, StatelessSession session) {
        Set<String> provided = new HashSet<>();
        Sql.each(
                session,
                "select " + DEPENDENCIES + """
                         from repository_package rp join package p on p.id = rp.package_id
                        where rp.repository_id = any(?::bigint[]) and rp.removed_in is null and not p.is_source
                          and p.name = any(?::text[])""",
                row -> provided.addAll(read(row).provides()),
                places.stream().map(Place::id).toList(),
                names);
        return provided;
    }

    private static Dependencies read(Row row) throws SQLException {
        return row.text("format").equals("rpm")
                ? Dependencies.ofRpm(row.json("rpm_requires"), row.json("rpm_provides"))
                : Dependencies.ofDeb(
                        row.text("name"),
                        row.textOrNull("deb_pre_depends"),
                        row.textOrNull("deb_depends"),
                        row.textOrNull("deb_provides"));
    }
}
