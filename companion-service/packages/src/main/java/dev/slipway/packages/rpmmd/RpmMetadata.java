package dev.slipway.packages.rpmmd;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The three files that describe a repository's packages. A file is its head, one fragment per package, and its tail. */
public enum RpmMetadata {
    /** What solving and showing packages needs. */
    PRIMARY(
            "metadata",
            "xmlns=\"http://linux.duke.edu/metadata/common\" xmlns:rpm=\"http://linux.duke.edu/metadata/rpm\""),
    /** All files of all packages. */
    FILELISTS("filelists", "xmlns=\"http://linux.duke.edu/metadata/filelists\""),
    /** Changelogs. */
    OTHER("otherdata", "xmlns=\"http://linux.duke.edu/metadata/other\"");

    private final String root;
    private final String namespaces;

    RpmMetadata(String root, String namespaces) {
        this.root = root;
        this.namespaces = namespaces;
    }

    /** Its type in {@code repomd.xml}. */
    public String type() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What stands before the first package. */
    public byte[] head(long packages) {
        return ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<" + root + " " + namespaces + " packages=\"" + packages
                        + "\">\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** What stands behind the last package. */
    public byte[] tail() {
        return ("</" + root + ">\n").getBytes(StandardCharsets.UTF_8);
    }
}
