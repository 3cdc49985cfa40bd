package dev.slipway.server.releases;

import dev.slipway.api.releases.ReleaseRequest;
import dev.slipway.server.database.Row;
import dev.slipway.server.database.Sql;
import dev.slipway.server.http.Violations;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** Finds the platform and the distribution that a release is for. */
final class Destinations {

    private static final String SELECT = """
            select p.id as platform_id, p.name as platform, p.type, p.arch_list, p.data as platform_data,
                f.id as reference_id, f.name as reference, d.id as distribution_id, d.name as distribution,
                d.data as distribution_data, d.approval, k.id as sign_key_id, k.keyid
            from distribution_platform dp join platform p on p.id = dp.platform_id
            join distribution d on d.id = dp.distribution_id
            left join sign_key k on k.id = d.sign_key_id
            left join platform f on f.id = ?
            """;

    /** The destination of a release that exists. */
    Destination of(StoredRelease release, StatelessSession session) {
        return Sql.one(
                        session,
                        SELECT + " where p.id = ? and d.id = ?",
                        Destinations::read,
                        release.referencePlatformId(),
                        release.platformId(),
                        release.distributionId())
                .orElseThrow(() -> new IllegalStateException("release " + release.id() + " has lost its platform"));
    }

    /**
     * The destination that a caller asks for.
     *
     * @throws dev.slipway.server.http.ProblemException 422 when it is not known, or not clear which one is meant
     */
    Destination of(ReleaseRequest request, StatelessSession session) {
        Violations violations = new Violations();
        long platform = platform(request, violations, session);
        Long reference = request.referencePlatformId();
        violations.check(
                reference == null || Sql.exists(session, "select 1 from platform where id = ?", reference),
                "/reference_platform_id",
                "there is no platform " + reference);
        violations.throwIfAny();
        List<Destination> all =
                Sql.list(session, SELECT + " where p.id = ? order by d.name", Destinations::read, reference, platform);
        String wanted = request.distribution();
        Long wantedId = request.productId();
        List<Destination> fitting = all.stream()
                .filter(d -> wanted == null || d.distribution().equals(wanted))
                .filter(d -> wantedId == null || d.distributionId() == wantedId)
                .toList();
        if (fitting.size() != 1) {
            violations.check(
                    false,
                    wanted == null && wantedId != null ? "/product_id" : "/distribution",
                    all.isEmpty()
                            ? "no distribution has this platform: make one that has"
                            : (fitting.isEmpty()
                                            ? "is none of the distributions that have this platform, which are "
                                            : "say which distribution is meant; this platform is in ")
                                    + all.stream()
                                            .map(Destination::distribution)
                                            .collect(Collectors.joining(", ")));
        }
        violations.throwIfAny();
        return fitting.get(0);
    }

    private static long platform(ReleaseRequest request, Violations violations, StatelessSession session) {
        Long id = request.platformId();
        String name = request.platform();
        violations.check(id != null || name != null, "/platform_id", "say which platform is meant");
        violations.throwIfAny();
        Optional<Long> found = Sql.one(
                session,
                "select id from platform where (?::bigint is null or id = ?) and (?::text is null or name = ?)",
                row -> row.number("id"),
                id,
                id,
                name,
                name);
        violations.check(
                found.isPresent(),
                id == null ? "/platform" : "/platform_id",
                "there is no platform " + named(id, name));
        violations.throwIfAny();
        return found.orElseThrow();
    }

    private static String named(@Nullable Long id, @Nullable String name) {
        return id == null ? String.valueOf(name) : name == null ? String.valueOf(id) : id + " named " + name;
    }

    private static Destination read(Row row) throws SQLException {
        return new Destination(
                row.number("platform_id"),
                row.text("platform"),
                row.text("type"),
                row.texts("arch_list"),
                row.json("platform_data"),
                row.numberOrNull("reference_id"),
                row.textOrNull("reference"),
                row.number("distribution_id"),
                row.text("distribution"),
                row.json("distribution_data"),
                row.numberOrNull("sign_key_id"),
                row.textOrNull("keyid"),
                row.text("approval").equals("second-person"));
    }
}
