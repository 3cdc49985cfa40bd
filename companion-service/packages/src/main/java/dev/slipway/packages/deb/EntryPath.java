package dev.slipway.packages.deb;

import dev.slipway.packages.PackageFormatException;
import dev.slipway.packages.PackageFormatException.Reason;

/** Names of archive entries, which strangers wrote. */
final class EntryPath {

    private EntryPath() {}

    /**
     * The absolute path at which an entry is installed; empty for the root directory.
     *
     * @param what names the archive in messages
     * @throws PackageFormatException when the name would leave the tree, or could not be listed in one line
     */
    static String of(String name, String what) throws PackageFormatException {
        if (name.startsWith("/")) {
            throw unsafe(name, what, "is absolute");
        }
        if (name.indexOf('\n') >= 0 || name.indexOf('\r') >= 0) {
            throw unsafe(name, what, "has a line end in it");
        }
        if (isPlain(name)) {
            return name.substring(1);
        }
        var path = new StringBuilder(name.length() + 1);
        for (var segment : name.split("/", -1)) {
            if (segment.equals("..")) {
                throw unsafe(name, what, "leads out of the package");
            }
            if (!segment.isEmpty() && !segment.equals(".")) {
                path.append('/').append(segment);
            }
        }
        return path.toString();
    }

    /** The usual form {@code ./usr/bin/x}: no need to take it apart. */
    private static boolean isPlain(String name) {
        return name.length() > 2
                && name.startsWith("./")
                && !name.endsWith("/")
                && !name.contains("//")
                && !name.contains("/.");
    }

    private static PackageFormatException unsafe(String name, String what, String fault) {
        return new PackageFormatException(Reason.UNSAFE_PATH, what + " has an entry '" + name + "' that " + fault);
    }
}
