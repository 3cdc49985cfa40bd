package dev.slipway.server.composes;

import dev.slipway.api.composes.ComposeRequest;
import dev.slipway.api.composes.ComposeSource;
import dev.slipway.server.database.Sql;
import dev.slipway.server.http.ProblemException;
import dev.slipway.server.repositories.RepositoryKind;
import dev.slipway.server.repositories.RepositoryType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** Finds the repositories that a request's sources stand for. */
final class ComposeSources {

    /** The platform a request names. */
    record Platform(long id, String name, RepositoryType type, List<String> arches) {}

    /** Where to look for packages. */
    record Found(RepositoryType type, @Nullable Platform platform, List<Long> repositoryIds) {}

    private record Source(
            long id,
            String name,
            RepositoryType type,
            RepositoryKind kind,
            boolean debug,
            @Nullable Long platformId) {}

    /**
     * The repositories that fit the request's platform, or all of them when it names none.
     *
     * @throws dev.slipway.server.http.ProblemException 422 when a source is not there or none fits, 409 when a build still
     *     runs
     */
    Found find(ComposeRequest request, StatelessSession session) {
        Platform platform = platform(request.platform(), session);
        ComposeSource source = request.source();
        List<Source> named = new ArrayList<>();
        named.addAll(ofBuilds(orNone(source.builds()), session));
        named.addAll(ofNames(orNone(source.repositories()), session));
        named.addAll(ofDistributions(orNone(source.distributions()), session));
        if (orNone(source.builds()).isEmpty()
                && orNone(source.repositories()).isEmpty()
                && orNone(source.distributions()).isEmpty()) {
            throw ProblemException.unprocessable(
                    "source must name at least one of builds, repositories and distributions");
        }
        List<Source> fitting = named.stream()
                .filter(each -> platform == null || fits(each, platform))
                .filter(each -> !each.debug() || Boolean.TRUE.equals(request.includeDebug()))
                .toList();
        if (fitting.isEmpty()) {
            throw ProblemException.unprocessable("nothing of the sources named is there"
                    + (platform == null ? "" : " for platform " + platform.name()));
        }
        return new Found(
                onlyType(fitting.stream().map(Source::type).toList()),
                platform,
                fitting.stream().map(Source::id).distinct().toList());
    }

    private static RepositoryType onlyType(List<RepositoryType> types) {
        if (types.stream().distinct().count() > 1) {
            throw ProblemException.unprocessable(
                    "the sources named hold both rpm and deb packages; say which are meant by naming a platform");
        }
        return types.get(0);
    }

    private static boolean fits(Source source, Platform platform) {
        Long of = source.platformId();
        return source.type() == platform.type() && (of == null || of == platform.id());
    }

    private static @Nullable Platform platform(@Nullable String name, StatelessSession session) {
        if (name == null) {
            return null;
        }
        return Sql.one(
                        session,
                        "select id, name, type, arch_list from platform where name = ?",
                        row -> new Platform(
                                row.number("id"),
                                row.text("name"),
                                RepositoryType.of(row.text("type")),
                                row.texts("arch_list")),
                        name)
                .orElseThrow(() -> ProblemException.unprocessable("there is no platform " + name));
    }

    private static List<Source> ofBuilds(List<Long> ids, StatelessSession session) {
        Set<Long> unknown = new HashSet<>(ids);
        Sql.each(
                session,
                "select id, finished_at from build where id = any(?::bigint[])",
                row -> {
                    unknown.remove(row.number("id"));
                    if (row.instantOrNull("finished_at") == null) {
                        throw ProblemException.conflict(
                                "build " + row.number("id") + " is still running; ask again when it has finished");
                    }
                },
                ids);
        if (!unknown.isEmpty()) {
            throw ProblemException.unprocessable(
                    "there is no build " + List.copyOf(unknown).get(0));
        }
        return sources("build_id = any(?::bigint[])", ids, session);
    }

    private static List<Source> ofNames(List<String> names, StatelessSession session) {
        List<Source> found = sources("name = any(?)", names, session);
        for (String name : names) {
            if (found.stream().noneMatch(each -> each.name().equals(name))) {
                throw ProblemException.unprocessable("there is no repository " + name);
            }
        }
        for (Source each : found) {
            if (each.kind() == RepositoryKind.REMOTE) {
                throw ProblemException.unprocessable("repository " + each.name()
                        + " is somebody else's; only packages that this service holds can be composed");
            }
        }
        return found;
    }

    private static List<Source> ofDistributions(List<String> names, StatelessSession session) {
        Map<String, Long> ids = new HashMap<>();
        Sql.each(
                session,
                "select id, name from distribution where name = any(?)",
                row -> ids.put(row.text("name"), row.number("id")),
                names);
        for (String name : names) {
            if (!ids.containsKey(name)) {
                throw ProblemException.unprocessable("there is no distribution " + name);
            }
        }
        return sources("distribution_id = any(?::bigint[])", List.copyOf(ids.values()), session);
    }

    private static List<Source> sources(String condition, List<?> values, StatelessSession session) {
        if (values.isEmpty()) {
            return List.of();
        }
        return Sql.list(
                session,
                "select id, name, type, kind, debug, platform_id from repository where " + condition + " order by id",
                row -> new Source(
                        row.number("id"),
                        row.text("name"),
                        RepositoryType.of(row.text("type")),
                        RepositoryKind.of(row.text("kind")),
                        row.flag("debug"),
                        row.numberOrNull("platform_id")),
                values);
    }

    private static <T> List<T> orNone(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }
}
