package dev.slipway.server.releases;

import dev.slipway.server.database.Sql;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** Reads what a plan is made of: about a dozen queries, whatever the size of the release. */
final class PlanFactsReader {

    /** @param tasks the build tasks that the release is restricted to; null: all */
    PlanFacts read(
            Destination destination,
            Collection<Long> builds,
            @Nullable Collection<Long> tasks,
            StatelessSession session) {
        BuiltPackages built =
                BuiltPackages.read(builds, tasks, destination.platformId(), destination.signKeyId(), session);
        List<Candidate> candidates = built.candidates();
        List<Place> places = PublishedPackages.places(destination, session);
        List<Place> references = PublishedPackages.references(destination, session);
        return new PlanFacts(
                destination,
                candidates,
                places,
                PublishedPackages.like(candidates, places, session),
                references.isEmpty() ? List.of() : PublishedPackages.like(candidates, references, session),
                signatures(candidates, session),
                built.tests(session),
                built.outcomes(session),
                ClosureReader.read(builds, candidates, places, session));
    }

    private static Map<Long, Set<String>> signatures(List<Candidate> candidates, StatelessSession session) {
        Map<Long, Set<String>> signatures = new HashMap<>();
        Sql.each(
                session,
                """
                select ps.package_id, k.keyid from package_signature ps join sign_key k on k.id = ps.sign_key_id
                where ps.package_id = any(?::bigint[])""",
                row -> signatures
                        .computeIfAbsent(row.number("package_id"), id -> new TreeSet<>())
                        .add(row.text("keyid")),
                candidates.stream().map(Candidate::id).toList());
        return signatures;
    }
}
