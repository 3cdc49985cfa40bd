package dev.slipway.packages.rpmmd;

import dev.slipway.packages.rpm.RpmDependency;
import dev.slipway.packages.rpm.RpmFile;
import dev.slipway.packages.rpm.RpmPackage;
import dev.slipway.packages.rpm.RpmVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What createrepo leaves out of a package's requires: features of rpm, what the package itself provides in just these
 * words, its own files that primary lists, repetitions, and of the many versions of the C library's symbols all but the
 * highest, which comes last.
 */
final class RequiresFilter {
    private static final String LIBC = "libc.so.6";

    private RequiresFilter() {}

    static List<RpmDependency> apply(RpmPackage read) {
        Set<String> provided = new HashSet<>();
        for (RpmDependency provide : read.dependencies(RpmDependency.Kind.PROVIDES)) {
            provided.add(words(provide));
        }
        List<RpmDependency> requires = read.dependencies(RpmDependency.Kind.REQUIRES);
        Set<String> ownFiles = ownFiles(read, requires);
        List<RpmDependency> kept = new ArrayList<>();
        Map<String, RpmDependency> latest = new HashMap<>();
        RpmDependency libc = null;
        for (RpmDependency require : requires) {
            if (require.name().startsWith("rpmlib(")
                    || provided.contains(words(require))
                    || ownFiles.contains(require.name())
                    || isSame(require, latest.get(require.name()))) {
                continue;
            }
            if (require.name().startsWith(LIBC)) {
                libc = libc == null || compareLibc(require.name(), libc.name()) > 0 ? require : libc;
            } else {
                kept.add(require);
                latest.put(require.name(), require);
            }
        }
        if (libc != null) {
            kept.add(libc);
        }
        return kept;
    }

    private static Set<String> ownFiles(RpmPackage read, List<RpmDependency> requires) {
        Set<String> wanted = new HashSet<>();
        for (RpmDependency require : requires) {
            if (require.name().startsWith("/") && PrimaryFragment.isPrimary(require.name())) {
                wanted.add(require.name());
            }
        }
        Set<String> own = new HashSet<>();
        if (!wanted.isEmpty()) {
            for (RpmFile file : read.files()) {
                if (wanted.contains(file.path())) {
                    own.add(file.path());
                }
            }
        }
        return own;
    }

    private static String words(RpmDependency dependency) {
        RpmDependency.Comparison comparison = dependency.comparison();
        return dependency.name() + (comparison == null ? "" : comparison) + dependency.evr();
    }

    private static boolean isSame(RpmDependency one, @Nullable RpmDependency other) {
        return other != null && words(one).equals(words(other)) && one.pre() == other.pre();
    }

    /** By the version in the parentheses, from its first digit on; any text there is more than none, none than no pair. */
    private static int compareLibc(String a, String b) {
        int order = Integer.compare(rank(a), rank(b));
        return order != 0 ? order : RpmVersion.compare(digits(a), digits(b));
    }

    private static int rank(String name) {
        String inside = inside(name);
        return inside == null ? 0 : inside.isEmpty() ? 1 : 2;
    }

    private static String digits(String name) {
        String inside = inside(name);
        int at = 0;
        while (inside != null && at < inside.length() && !Character.isDigit(inside.charAt(at))) {
            at++;
        }
        return inside == null ? "" : inside.substring(at);
    }

    private static @Nullable String inside(String name) {
        int open = name.indexOf('(');
        int close = name.indexOf(')', open + 1);
        return open < 0 || close < 0 ? null : name.substring(open + 1, close);
    }
}
