package dev.slipway.packages.deb;

import dev.slipway.packages.PackageFormatException;
import java.util.List;

/**
 * A source package's control file (dsc(5)).
 *
 * @param stanza all fields
 * @param signed whether it was clear-signed; the signature is checked elsewhere
 * @param format {@code 1.0}, {@code 3.0 (quilt)}, {@code 3.0 (native)}
 * @param source the source package's name
 * @param binaries names of the binary packages it makes
 * @param architectures as in {@code Architecture}: {@code any}, {@code all}, names and wildcards
 * @param files the files it consists of beside itself
 */
public record Dsc(
        Stanza stanza,
        boolean signed,
        String format,
        String source,
        DebVersion version,
        List<String> binaries,
        List<String> architectures,
        List<SourceFile> files) {

    private static final String WHAT = "the source control file (.dsc)";

    /**
     * Reads it, clear-signed or not.
     *
     * @throws PackageFormatException when it is malformed, contradicts itself or names unsafe files
     */
    public static Dsc parse(byte[] bytes) throws PackageFormatException {
        var control = SignedControl.parse(bytes, WHAT);
        var stanza = control.stanza();
        return new Dsc(
                stanza,
                control.signed(),
                control.required("Format", WHAT),
                control.source(WHAT),
                control.version(WHAT),
                FileLists.words(stanza, "Binary"),
                FileLists.words(stanza, "Architecture"),
                new FileLists(stanza, WHAT).read());
    }

    /** {@code source_version}, the identity in Debian's spelling; the version keeps its epoch. */
    public String identity() {
        return source + "_" + version;
    }

    /** The file name that dpkg-source gives it. */
    public String fileName() {
        return source + "_" + version.withoutEpoch() + ".dsc";
    }
}
