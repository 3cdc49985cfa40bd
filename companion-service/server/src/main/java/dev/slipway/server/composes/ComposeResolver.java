package dev.slipway.server.composes;

import dev.slipway.api.composes.ComposeRequest;
import dev.slipway.server.database.Row;
import dev.slipway.server.database.Sql;
import dev.slipway.server.http.ProblemException;
import dev.slipway.server.repositories.ContentHash;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** Finds out which packages a request means, as things are in the session's transaction. */
final class ComposeResolver {

    private static final String CANDIDATE =
            "p.id, p.nevra, p.name, p.source_name, p.file_name, p.blob_sha256, p.content_digest";

    private final ComposeSources sources = new ComposeSources();

    /** The packages of a request, one copy of each. */
    ComposeContent resolve(ComposeRequest request, StatelessSession session) {
        ComposeSources.Found found = sources.find(request, session);
        List<String> arches = arches(request, found);
        Collection<Candidate> members = members(request, found, arches, session);
        List<Candidate> named = PackageNames.of(request.source().packages()).select(members);
        List<String> keys = keys(request, session);
        List<Candidate> chosen = choose(CopyChoice.newest(named), keys, session);
        if (chosen.isEmpty()) {
            throw ProblemException.unprocessable("there is nothing to compose: the sources named hold no package"
                    + (arches.isEmpty() ? "" : " for " + String.join(", ", arches)));
        }
        CopyChoice.refuseConflicts(chosen);
        refuseConflictingMembers(chosen, session);
        return new ComposeContent(
                found.type(),
                found.platform() == null ? null : found.platform().id(),
                chosen.stream().map(Candidate::id).sorted().toList(),
                hash(chosen),
                arches.isEmpty() ? archesOf(chosen, session) : arches,
                metadataKey(keys, session));
    }

    private static List<String> arches(ComposeRequest request, ComposeSources.Found found) {
        List<String> asked = request.arches();
        if (asked != null && !asked.isEmpty()) {
            return asked.stream().distinct().sorted().toList();
        }
        return found.platform() == null
                ? List.of()
                : found.platform().arches().stream().sorted().toList();
    }

    private static Collection<Candidate> members(
            ComposeRequest request, ComposeSources.Found found, List<String> arches, StatelessSession session) {
        Map<Long, Candidate> byId = new TreeMap<>();
        Sql.each(
                session,
                "select " + CANDIDATE + ", r.name as origin " + """
                        from repository_package rp
                        join repository r on r.id = rp.repository_id
                        join package p on p.id = rp.package_id
                        where rp.repository_id = any(?::bigint[]) and rp.removed_in is null
                          and case when p.is_source then ? else ? or p.arch in ('noarch', 'all') or p.arch = any(?) end
                          and (? or not p.is_debug)""",
                row -> byId.putIfAbsent(row.number("id"), candidate(row, row.text("origin"))),
                found.repositoryIds(),
                Boolean.TRUE.equals(request.includeSources()),
                arches.isEmpty(),
                arches,
                Boolean.TRUE.equals(request.includeDebug()));
        return byId.values();
    }

    /** The key ids asked for, as they are stored. */
    private static List<String> keys(ComposeRequest request, StatelessSession session) {
        List<String> asked = request.signKeys() == null ? List.of() : request.signKeys();
        Map<String, String> known = new HashMap<>();
        Sql.each(
                session,
                "select keyid, fingerprint from sign_key where keyid = any(?) or fingerprint = any(?)",
                row -> {
                    known.put(row.text("keyid"), row.text("keyid"));
                    known.put(row.text("fingerprint"), row.text("keyid"));
                },
                upperCase(asked),
                upperCase(asked));
        Set<String> keys = new LinkedHashSet<>();
        for (String key : asked) {
            String found = key.isEmpty() ? key : known.get(key.toUpperCase(Locale.ROOT));
            if (found == null) {
                throw ProblemException.unprocessable("there is no sign key " + key);
            }
            keys.add(found);
        }
        return List.copyOf(keys);
    }

    private static List<String> upperCase(List<String> texts) {
        return texts.stream().map(text -> text.toUpperCase(Locale.ROOT)).toList();
    }

    /** Where every package is signed, the metadata is too, so that clients can check both. */
    private static @Nullable Long metadataKey(List<String> keys, StatelessSession session) {
        if (keys.isEmpty() || keys.contains("")) {
            return null;
        }
        return Sql.number(session, "select id from sign_key where keyid = ?", keys.get(0));
    }

    private static List<Candidate> choose(List<Candidate> packages, List<String> keys, StatelessSession session) {
        if (keys.isEmpty()) {
            return packages;
        }
        Map<String, Map<String, Candidate>> signed = new HashMap<>();
        Sql.each(
                session,
                "select " + CANDIDATE + ", k.keyid " + """
                        from package p
                        join package_signature s on s.package_id = p.id
                        join sign_key k on k.id = s.sign_key_id
                        where p.content_digest = any(?) and k.keyid = any(?)
                        order by p.id""",
                row -> signed.computeIfAbsent(row.text("keyid"), key -> new HashMap<>())
                        .put(row.text("content_digest"), candidate(row, "the copy signed by " + row.text("keyid"))),
                packages.stream().map(Candidate::contentDigest).toList(),
                keys);
        return CopyChoice.signedBy(packages, keys, signed);
    }

    /** What belongs to Debian source packages is served beside them and must not collide either. */
    private static void refuseConflictingMembers(List<Candidate> chosen, StatelessSession session) {
        Sql.list(
                        session,
                        """
                        select m.file_name, min(p.nevra) as one, max(p.nevra) as other
                        from package_member m join package p on p.id = m.package_id
                        where m.package_id = any(?::bigint[])
                        group by m.file_name having count(distinct m.blob_sha256) > 1 order by m.file_name limit 1""",
                        row -> row.text("one") + " and " + row.text("other") + " name different files "
                                + row.text("file_name"),
                        chosen.stream().map(Candidate::id).toList())
                .forEach(conflict -> {
                    throw ProblemException.of(
                            "package-conflict", 409, "The compose would hold two files under one name", conflict);
                });
    }

    private static String hash(List<Candidate> chosen) {
        ContentHash hash = new ContentHash();
        chosen.stream().map(Candidate::sha256).sorted().forEach(hash::add);
        return hash.finish();
    }

    private static List<String> archesOf(List<Candidate> chosen, StatelessSession session) {
        return Sql.list(
                session,
                """
                select distinct arch from package where id = any(?::bigint[]) and not is_source
                and arch not in ('noarch', 'all') order by arch""",
                row -> row.text("arch"),
                chosen.stream().map(Candidate::id).toList());
    }

    private static Candidate candidate(Row row, String origin) throws SQLException {
        return new Candidate(
                row.number("id"),
                row.text("nevra"),
                row.text("name"),
                row.text("source_name"),
                row.text("file_name"),
                row.text("blob_sha256"),
                row.text("content_digest"),
                origin);
    }
}
