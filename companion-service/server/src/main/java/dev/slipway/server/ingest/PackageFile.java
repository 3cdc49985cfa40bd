package dev.slipway.server.ingest;

import java.util.Locale;

/**
 * A stored file that is said to be a package.
 *
 * @param name its file name, without a path
 * @param sha256 its digest: its name in the blob store
 */
public record PackageFile(String name, String sha256, long size) {
    /** Whether its name says that it is a package of any kind that is read. */
    public boolean isPackage() {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".rpm") || lower.endsWith(".deb") || lower.endsWith(".udeb") || lower.endsWith(".dsc");
    }
}
