package dev.slipway.packages.rpm;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One dependency of a package: a name and, mostly, a range of versions.
 *
 * @param name a capability, a file path, or a rich dependency in parentheses
 * @param flags rpm's sense bits as in the header
 * @param evr the text of the version as in the header, {@code [epoch:]version[-release]}; empty for any version
 */
public record RpmDependency(String name, int flags, String evr) {
    private static final int LESS = 1 << 1;
    private static final int GREATER = 1 << 2;
    private static final int EQUAL = 1 << 3;
    private static final int COMPARISON_BITS = 0xf;
    private static final int PREREQ = 1 << 6;
    private static final int SCRIPT_PRE = 1 << 9;
    private static final int SCRIPT_POST = 1 << 10;
    private static final int RPMLIB = 1 << 24;

    /** The kinds that rpm knows, with the header tags of their names, flags and versions. */
    public enum Kind {
        REQUIRES(1049, 1048, 1050),
        PROVIDES(1047, 1112, 1113),
        CONFLICTS(1054, 1053, 1055),
        OBSOLETES(1090, 1114, 1115),
        RECOMMENDS(5046, 5048, 5047),
        SUGGESTS(5049, 5051, 5050),
        SUPPLEMENTS(5052, 5054, 5053),
        ENHANCES(5055, 5057, 5056);

        final int nameTag;
        final int flagsTag;
        final int versionTag;

        Kind(int nameTag, int flagsTag, int versionTag) {
            this.nameTag = nameTag;
            this.flagsTag = flagsTag;
            this.versionTag = versionTag;
        }
    }

    /** How the version is compared; the names are those of repository metadata. */
    public enum Comparison {
        LT("<"),
        LE("<="),
        EQ("="),
        GE(">="),
        GT(">");

        private final String sign;

        Comparison(String sign) {
            this.sign = sign;
        }

        /** As in a spec file. */
        public String sign() {
            return sign;
        }

        /** From rpm's sense bits: 2 LT, 4 GT, 8 EQ, 10 LE, 12 GE; empty for any other combination. */
        public static Optional<Comparison> ofFlags(int flags) {
            return Optional.ofNullable(
                    switch (flags & COMPARISON_BITS) {
                        case LESS -> LT;
                        case GREATER -> GT;
                        case EQUAL -> EQ;
                        case LESS | EQUAL -> LE;
                        case GREATER | EQUAL -> GE;
                        default -> null;
                    });
        }
    }

    /** The comparison, or null when any version will do. */
    public @Nullable Comparison comparison() {
        return Comparison.ofFlags(flags).orElse(null);
    }

    /** The version, in parts; empty for any version. */
    public Optional<RpmVersion> version() {
        return RpmVersion.parse(evr);
    }

    /** Whether it must be there before the package's own scripts run. */
    public boolean pre() {
        return (flags & (PREREQ | SCRIPT_PRE | SCRIPT_POST)) != 0;
    }

    /** Whether it asks for a feature of rpm itself, which no package provides. */
    public boolean isRpmlib() {
        return (flags & RPMLIB) != 0 || name.startsWith("rpmlib(");
    }

    /** Whether it is a boolean expression of dependencies, as in {@code (a if b)}. */
    public boolean isRich() {
        return name.startsWith("(");
    }

    /**
     * Whether something provided fulfils this dependency: same name, and ranges that have a version in common. A missing
     * release on either side stands for any release. Rich dependencies are never fulfilled by a single provision.
     */
    public boolean isSatisfiedBy(RpmDependency provided) {
        if (!name.equals(provided.name) || isRich()) {
            return false;
        }
        Optional<RpmVersion> wanted = version();
        Optional<RpmVersion> given = provided.version();
        if ((flags & COMPARISON_BITS) == 0
                || (provided.flags & COMPARISON_BITS) == 0
                || wanted.isEmpty()
                || given.isEmpty()) {
            return true;
        }
        int order = order(given.get(), wanted.get());
        if (order < 0) {
            return (provided.flags & GREATER) != 0 || (flags & LESS) != 0;
        }
        if (order > 0) {
            return (provided.flags & LESS) != 0 || (flags & GREATER) != 0;
        }
        return (flags & provided.flags & COMPARISON_BITS) != 0;
    }

    private static int order(RpmVersion given, RpmVersion wanted) {
        boolean anyRelease = given.release() == null || wanted.release() == null;
        return anyRelease
                ? new RpmVersion(given.epoch(), given.version(), null)
                        .compareTo(new RpmVersion(wanted.epoch(), wanted.version(), null))
                : given.compareTo(wanted);
    }

    /** As in a spec file: {@code libtally >= 1:2.0}. */
    @Override
    public String toString() {
        Comparison comparison = comparison();
        return comparison == null ? name : name + " " + comparison.sign() + " " + evr;
    }
}
