package dev.slipway.server.composes;

import dev.slipway.server.http.ProblemException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Chooses one copy of each package. Signing makes another file with the same content, so one package may be there
 * several times.
 */
final class CopyChoice {

    private static final int NAMED_IN_A_MESSAGE = 5;

    private CopyChoice() {}

    /** Of each package, the copy that came last: packages as they are. */
    static List<Candidate> newest(Collection<Candidate> found) {
        Map<String, Candidate> byContent = new LinkedHashMap<>();
        for (Candidate candidate : found) {
            byContent.merge(candidate.contentDigest(), candidate, (a, b) -> a.id() > b.id() ? a : b);
        }
        return List.copyOf(byContent.values());
    }

    /**
     * Of each package, the copy signed by the first key that signed it.
     *
     * @param packages one copy of each package
     * @param keys key ids, best first; an empty text stands for the package as it is
     * @param signed the signed copies: by key id, by content digest
     * @throws ProblemException 422 when a package has none of the signatures, and as it is will not do
     */
    static List<Candidate> signedBy(
            List<Candidate> packages, List<String> keys, Map<String, Map<String, Candidate>> signed) {
        List<Candidate> chosen = new ArrayList<>(packages.size());
        List<String> missing = new ArrayList<>();
        for (Candidate each : packages) {
            keys.stream()
                    .filter(key -> key.isEmpty() || of(signed, key).containsKey(each.contentDigest()))
                    .findFirst()
                    .ifPresentOrElse(
                            key -> chosen.add(of(signed, key).getOrDefault(each.contentDigest(), each)),
                            () -> missing.add(each.nevra()));
        }
        if (!missing.isEmpty()) {
            throw ProblemException.of("unsigned-packages", 422, "Packages are not signed", unsigned(missing, keys))
                    .with("packages", missing.stream().sorted().limit(100).toList());
        }
        return chosen;
    }

    /**
     * Refuses two packages that clients could not tell apart.
     *
     * @throws ProblemException 409 naming both
     */
    static void refuseConflicts(List<Candidate> packages) {
        Map<String, Candidate> byName = new HashMap<>();
        for (Candidate each : packages) {
            refuse(byName.put("identity " + each.nevra(), each), each);
            refuse(byName.put("file " + each.fileName(), each), each);
        }
    }

    private static void refuse(@Nullable Candidate other, Candidate each) {
        if (other != null && other.id() != each.id()) {
            String what = other.nevra().equals(each.nevra()) ? each.nevra() : other.nevra() + " and " + each.nevra();
            throw ProblemException.of(
                            "package-conflict",
                            409,
                            "The compose would hold two packages under one name",
                            what + " would be there with different bytes, from " + other.origin() + " and "
                                    + each.origin() + "; leave one of the two sources out, or narrow 'packages'")
                    .with("package", each.nevra());
        }
    }

    private static String unsigned(List<String> missing, List<String> keys) {
        String names = missing.stream().sorted().limit(NAMED_IN_A_MESSAGE).collect(Collectors.joining(", "));
        int more = missing.size() - NAMED_IN_A_MESSAGE;
        return "not signed by " + String.join(" or ", keys) + ": " + names + (more > 0 ? " and " + more + " more" : "")
                + "; sign the builds first, or add \"\" to sign_keys to take packages as they are";
    }

    private static Map<String, Candidate> of(Map<String, Map<String, Candidate>> signed, String key) {
        return signed.getOrDefault(key, Map.of());
    }
}
