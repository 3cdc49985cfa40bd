package dev.slipway.packages;

import java.util.Locale;

/**
 * Where a repository shows a package's file, relative to its root. The places are part of the ready-made metadata, so they
 * depend on nothing but the package.
 */
public final class PackagePath {

    private PackagePath() {}

    /** Of an RPM: {@code Packages/<first character in lower case>/<file>}. */
    public static String rpm(String fileName) {
        return "Packages/" + fileName.substring(0, 1).toLowerCase(Locale.ROOT) + "/" + fileName;
    }

    /**
     * Of a file of the Debian source package {@code sourceName} or of a package made from it, whatever component lists it:
     * {@code pool/main/<first letter, or lib and the next one>/<source>/<file>} as in Debian's own archive.
     */
    public static String deb(String sourceName, String fileName) {
        return debDirectory(sourceName) + "/" + fileName;
    }

    /** The directory of {@link #deb}, as a source index names it. */
    public static String debDirectory(String sourceName) {
        boolean library = sourceName.startsWith("lib") && sourceName.length() > 3;
        return "pool/main/" + sourceName.substring(0, library ? 4 : 1) + "/" + sourceName;
    }
}
