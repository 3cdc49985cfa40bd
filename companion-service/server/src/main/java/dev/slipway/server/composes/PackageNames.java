package dev.slipway.server.composes;

import dev.slipway.server.http.ProblemException;
import dev.slipway.server.repositories.NameGlob;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which packages a request names; all of them when it names none. */
final class PackageNames {

    private static final int LONGEST = 200;
    private static final int MOST = 1000;

    private final List<NameGlob> globs;

    private PackageNames(List<NameGlob> globs) {
        this.globs = globs;
    }

    /**
     * Of a request's patterns; null names all packages.
     *
     * @throws ProblemException 422 when they are too many, too long or blank
     */
    static PackageNames of(@Nullable List<String> names) {
        if (names == null) {
            return new PackageNames(List.of());
        }
        if (names.size() > MOST || names.stream().anyMatch(n -> n.isBlank() || n.length() > LONGEST)) {
            throw ProblemException.unprocessable(
                    "source.packages takes at most " + MOST + " names of 1 to " + LONGEST + " characters");
        }
        return new PackageNames(names.stream().distinct().map(NameGlob::new).toList());
    }

    /**
     * The candidates whose name or source's name is named.
     *
     * @throws ProblemException 422 when a name fits nothing: a typing error must not give a smaller compose
     */
    List<Candidate> select(Collection<Candidate> found) {
        if (globs.isEmpty()) {
            return List.copyOf(found);
        }
        for (NameGlob glob : globs) {
            if (found.stream().noneMatch(candidate -> fits(glob, candidate))) {
                throw ProblemException.unprocessable(
                        "no package of the sources named is called '" + glob.pattern() + "', nor is its source");
            }
        }
        return found.stream()
                .filter(candidate -> globs.stream().anyMatch(glob -> fits(glob, candidate)))
                .toList();
    }

    private static boolean fits(NameGlob glob, Candidate candidate) {
        return glob.matches(candidate.name()) || glob.matches(candidate.sourceName());
    }
}
