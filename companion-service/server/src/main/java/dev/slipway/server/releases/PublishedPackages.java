package dev.slipway.server.releases;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.server.database.Row;
import dev.slipway.server.database.Sql;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.hibernate.StatelessSession;

/** What repositories have now. */
final class PublishedPackages {

    private static final String REPOSITORY = "select id, name, arch, type, debug, platform_id, options, current_version"
            + " from repository where kind <> 'remote' and ";

    private PublishedPackages() {}

    /** The distribution's repositories for the platform. */
    static List<Place> places(Destination destination, StatelessSession session) {
        return Sql.list(
                session,
                REPOSITORY + "distribution_id = ? and platform_id = ? order by name, debug, arch, id",
                row -> place(row, UnaryOperator.identity()),
                destination.distributionId(),
                destination.platformId());
    }

    /**
     * The reference platform's repositories, their families named as the platform's own: {@code demo8-extras} tells where
     * packages of {@code demo9} belong.
     */
    static List<Place> references(Destination destination, StatelessSession session) {
        String reference = destination.referencePlatform();
        if (reference == null) {
            return List.of();
        }
        return Sql.list(
                session,
                REPOSITORY + """
                        (distribution_id = ? and platform_id = ?
                          or id in (select repository_id from platform_repository where platform_id = ?))
                        order by name, debug, arch, id""",
                row -> place(row, family -> family.replace(reference, destination.platform())),
                destination.distributionId(),
                destination.referencePlatformId(),
                destination.referencePlatformId());
    }

    private static Place place(Row row, UnaryOperator<String> renamed) throws SQLException {
        String name = row.text("name");
        String arch = row.text("arch");
        boolean debug = row.flag("debug");
        Set<String> arches = new TreeSet<>();
        JsonNode declared = row.json("options").path("architectures");
        declared.forEach(each -> arches.add(each.asText()));
        if (arches.isEmpty()) {
            arches.addAll(List.of(arch.split(",")));
        }
        Long platform = row.numberOrNull("platform_id");
        return new Place(
                row.number("id"),
                name,
                renamed.apply(Place.familyOf(name, arch, debug)),
                row.text("type"),
                arch,
                arches,
                debug,
                platform == null ? 0 : platform,
                row.integer("current_version"));
    }

    /** What places have of the candidates' names, and of their sources. */
    static List<Published> like(List<Candidate> candidates, List<Place> places, StatelessSession session) {
        Map<Long, Place> byId = places.stream().collect(Collectors.toMap(Place::id, Function.identity()));
        return Sql.list(
                session,
                """
                select rp.repository_id, p.id, p.name, p.epoch, p.version, p.release, p.arch, p.nevra, p.blob_sha256,
                    p.content_digest, p.is_source, p.is_debug, p.source_name
                from repository_package rp join package p on p.id = rp.package_id
                where rp.repository_id = any(?::bigint[]) and rp.removed_in is null
                  and (p.name = any(?::text[]) or p.source_name = any(?::text[]))
                order by rp.repository_id, p.id""",
                row -> published(row, byId),
                byId.keySet(),
                distinct(candidates, Candidate::name),
                distinct(candidates, Candidate::sourceName));
    }

    private static Collection<String> distinct(List<Candidate> candidates, Function<Candidate, String> what) {
        return candidates.stream().map(what).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Published published(Row row, Map<Long, Place> places) throws SQLException {
        Place place = places.get(row.number("repository_id"));
        if (place == null) {
            throw new IllegalStateException("asked for other repositories");
        }
        return new Published(
                place,
                row.number("id"),
                row.text("name"),
                row.integerOrNull("epoch"),
                row.text("version"),
                row.textOrNull("release"),
                row.text("arch"),
                row.text("nevra"),
                row.text("blob_sha256"),
                row.text("content_digest"),
                row.flag("is_source"),
                row.flag("is_debug"),
                row.text("source_name"));
    }
}
