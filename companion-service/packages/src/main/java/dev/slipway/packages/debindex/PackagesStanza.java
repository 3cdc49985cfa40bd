package dev.slipway.packages.debindex;

import dev.slipway.packages.deb.DebPackage;
import dev.slipway.packages.deb.Stanza.Field;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Set;

/** The stanza of a binary package in a {@code Packages} index. */
public final class PackagesStanza {

    private static final StanzaOrder ORDER = new StanzaOrder("""
            Package Package-Type Architecture Subarchitecture Version Kernel-Version Built-Using Static-Built-Using
            Built-For-Profiles Auto-Built-Package Multi-Arch Status Priority Build-Essential Protected Important Essential
            Installer-Menu-Item Section Source Origin Phased-Update-Percentage Maintainer Original-Maintainer Bugs
            Config-Version Conffiles Triggers-Awaited Triggers-Pending Installed-Size Provides Pre-Depends Depends
            Recommends Suggests Conflicts Breaks Replaces Enhances Filename MSDOS-Filename Size MD5sum SHA1 SHA256 SHA512
            Homepage Description Description-md5 Tag Task
            """);

    /** What only an index says; a control file that says it too would contradict the index. */
    private static final Set<String> OF_THE_INDEX =
            Set.of("status", "filename", "msdos-filename", "size", "md5sum", "sha1", "sha256", "sha512");

    private PackagesStanza() {}

    /**
     * Writes the stanza: the control file's fields, and where the package is, how long, with which digests.
     *
     * @param path of the package, relative to the repository's root
     * @return UTF-8 with the empty line that ends a stanza: an index is nothing but such pieces in a row
     */
    public static byte[] of(DebPackage deb, String path) {
        var fields = new ArrayList<Field>();
        for (var field : deb.control().fields()) {
            if (!OF_THE_INDEX.contains(field.name().toLowerCase(Locale.ROOT))) {
                fields.add(field);
            }
        }
        fields.add(new Field("Filename", path));
        fields.add(new Field("Size", Long.toString(deb.digests().size())));
        fields.add(new Field("MD5sum", deb.digests().md5()));
        fields.add(new Field("SHA256", deb.digests().sha256()));
        return ORDER.write(fields);
    }
}
