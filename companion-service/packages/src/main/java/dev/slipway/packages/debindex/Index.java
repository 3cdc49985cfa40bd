package dev.slipway.packages.debindex;

/**
 * An index that a suite has, in whatever packing.
 *
 * @param architecture a Debian architecture, {@code all}, or {@code source} for the index of sources
 */
public record Index(Kind kind, String component, String architecture) {

    /** Kinds of indexes. */
    public enum Kind {
        PACKAGES,
        SOURCES,
        CONTENTS
    }

    /** Path of the plain index, relative to the suite's directory. */
    public String path() {
        return switch (kind) {
            case PACKAGES -> component + "/binary-" + architecture + "/Packages";
            case SOURCES -> component + "/source/Sources";
            case CONTENTS -> component + "/Contents-" + architecture;
        };
    }

    /**
     * Whether a binary package of that architecture is listed here: packages for all architectures are listed with each,
     * since apt looks for them there.
     */
    public boolean lists(String packageArchitecture) {
        return kind != Kind.SOURCES && (packageArchitecture.equals(architecture) || packageArchitecture.equals("all"));
    }
}
