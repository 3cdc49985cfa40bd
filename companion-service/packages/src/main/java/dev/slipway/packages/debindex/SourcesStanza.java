package dev.slipway.packages.debindex;

import dev.slipway.packages.deb.Dsc;
import dev.slipway.packages.deb.FileDigests;
import dev.slipway.packages.deb.Stanza.Field;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Set;

/** The stanza of a source package in a {@code Sources} index. */
public final class SourcesStanza {

    private static final StanzaOrder ORDER = new StanzaOrder("""
            Package Source Format Binary Architecture Version Priority Section Origin Maintainer Original-Maintainer
            Uploaders Dm-Upload-Allowed Standards-Version Build-Depends Build-Depends-Arch Build-Depends-Indep
            Build-Conflicts Build-Conflicts-Arch Build-Conflicts-Indep Testsuite Testsuite-Triggers Homepage Description
            Vcs-Browser Vcs-Browse Vcs-Arch Vcs-Bzr Vcs-Cvs Vcs-Darcs Vcs-Git Vcs-Hg Vcs-Mtn Vcs-Svn Directory Package-List
            Files Checksums-Md5 Checksums-Sha1 Checksums-Sha256 Checksums-Sha512
            """);

    private static final Set<String> REPLACED = Set.of(
            "source",
            "package",
            "directory",
            "files",
            "checksums-md5",
            "checksums-sha1",
            "checksums-sha256",
            "checksums-sha512");

    private SourcesStanza() {}

    /**
     * Writes the stanza: the fields of the {@code .dsc}, its directory, and its files with the {@code .dsc} among them.
     *
     * @param dscName file name of the {@code .dsc}
     * @param dscDigests of the {@code .dsc} itself
     * @param directory where all its files are, relative to the repository's root
     * @return UTF-8 with the empty line that ends a stanza: an index is nothing but such pieces in a row
     */
    public static byte[] of(Dsc dsc, String dscName, FileDigests dscDigests, String directory) {
        var fields = new ArrayList<Field>();
        fields.add(new Field("Package", dsc.source()));
        for (var field : dsc.stanza().fields()) {
            if (!REPLACED.contains(field.name().toLowerCase(Locale.ROOT))) {
                fields.add(field);
            }
        }
        fields.add(new Field("Directory", directory));
        var self = " " + dscDigests.size() + " " + dscName;
        if (!dsc.stanza().list("Files").isEmpty()) {
            fields.add(list(dsc, "Files", dscDigests.md5() + self));
        }
        fields.add(list(dsc, "Checksums-Sha256", dscDigests.sha256() + self));
        return ORDER.write(fields);
    }

    private static Field list(Dsc dsc, String name, String self) {
        var value = new StringBuilder("\n ").append(self);
        dsc.stanza().list(name).forEach(line -> value.append("\n ").append(line));
        return new Field(name, value.toString());
    }
}
