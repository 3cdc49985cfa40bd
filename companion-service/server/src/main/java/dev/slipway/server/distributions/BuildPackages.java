package dev.slipway.server.distributions;

import dev.slipway.server.database.Sql;
import dev.slipway.server.http.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** Finds which packages a build brings to which repositories of a distribution, and takes away again. */
final class BuildPackages {

    private static final int NAMED_IN_A_MESSAGE = 5;

    /** The repositories of a build, each beside the distribution's for the same platform, architecture and use. */
    private static final String PAIRS = """
            repository b join repository d on d.platform_id = b.platform_id and d.type = b.type and d.arch = b.arch
                and d.debug = b.debug and d.distribution_id = ?
            join repository_package rp on rp.repository_id = b.id and rp.removed_in is null
            join package p on p.id = rp.package_id
            """;

    /** A package to put in, and what it takes the place of. */
    record Arrival(long repositoryId, long packageId, String nevra, List<Long> inPlaceOf) {}

    /**
     * What a build brings. Where the distribution has a key, an RPM comes in the form that this key signed, since clients
     * will check it; Debian packages are vouched for by the signed index.
     *
     * @throws ProblemException 422 when a package lacks that signature
     */
    List<Arrival> arrivals(long distributionId, long buildId, @Nullable Long signKeyId, StatelessSession session) {
        record Row(long repositoryId, long packageId, String nevra, boolean signed) {}
        List<Row> rows = Sql.list(
                session,
                """
                select d.id as repository_id, p.nevra, signed.id as signed_id, p.id as package_id, p.format
                from """ + " " + PAIRS + """
                left join lateral (
                    select s.id from package s join package_signature ps on ps.package_id = s.id
                    where s.content_digest = p.content_digest and ps.sign_key_id = ? order by s.id desc limit 1) signed on true
                where b.build_id = ? order by d.id, p.nevra""",
                row -> {
                    Long signed = row.numberOrNull("signed_id");
                    boolean enough = signKeyId == null
                            || signed != null
                            || row.text("format").equals("deb");
                    return new Row(
                            row.number("repository_id"),
                            signed == null ? row.number("package_id") : signed,
                            row.text("nevra"),
                            enough);
                },
                distributionId,
                signKeyId,
                buildId);
        List<String> unsigned = rows.stream()
                .filter(row -> !row.signed())
                .map(Row::nevra)
                .distinct()
                .toList();
        if (!unsigned.isEmpty()) {
            throw ProblemException.of(
                            "unsigned-packages",
                            422,
                            "Packages are not signed",
                            "not signed by the distribution's key: "
                                    + unsigned.stream()
                                            .limit(NAMED_IN_A_MESSAGE)
                                            .collect(Collectors.joining(", "))
                                    + (unsigned.size() > NAMED_IN_A_MESSAGE
                                            ? " and " + (unsigned.size() - NAMED_IN_A_MESSAGE) + " more"
                                            : "")
                                    + "; sign build " + buildId + " first")
                    .with("packages", unsigned.stream().limit(100).toList());
        }
        List<Arrival> arrivals = new ArrayList<>();
        for (Row row : rows) {
            arrivals.add(new Arrival(
                    row.repositoryId(),
                    row.packageId(),
                    row.nevra(),
                    formerCopies(row.repositoryId(), row.packageId(), session)));
        }
        return arrivals;
    }

    /** Other copies of the same content: one that was signed differently, or not at all. */
    private static List<Long> formerCopies(long repositoryId, long packageId, StatelessSession session) {
        return Sql.list(session, """
                select o.id from package n join package o on o.content_digest = n.content_digest and o.id <> n.id
                join repository_package rp on rp.package_id = o.id
                where n.id = ? and rp.repository_id = ? and rp.removed_in is null""", row -> row.number("id"), packageId, repositoryId);
    }

    /** What leaves with a build, by repository: what it brought, but for what another build of the distribution brought. */
    Map<Long, List<Long>> departures(long distributionId, long buildId, StatelessSession session) {
        Map<Long, List<Long>> leaving = new TreeMap<>();
        Sql.each(
                session,
                """
                with brought as (
                    select b.build_id, d.id as repository_id, p.content_digest from """ + " " + PAIRS + """
                    where b.build_id in (select build_id from distribution_build where distribution_id = ?))
                select rp.repository_id, rp.package_id
                from repository_package rp join package p on p.id = rp.package_id
                where rp.removed_in is null
                  and (rp.repository_id, p.content_digest) in
                      (select repository_id, content_digest from brought where build_id = ?)
                  and (rp.repository_id, p.content_digest) not in
                      (select repository_id, content_digest from brought where build_id <> ?)""",
                row -> leaving.computeIfAbsent(row.number("repository_id"), id -> new ArrayList<>())
                        .add(row.number("package_id")),
                distributionId,
                distributionId,
                buildId,
                buildId);
        return leaving;
    }
}
