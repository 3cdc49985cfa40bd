package dev.slipway.packages.deb;

import dev.slipway.packages.PackageFormatException;
import java.util.List;

/**
 * What one build made (deb-changes(5)).
 *
 * @param stanza all fields
 * @param signed whether it was clear-signed; the signature is checked elsewhere
 * @param source the source package's name
 * @param architectures of the files; {@code source} when it has the source package
 * @param distribution the suite that it is meant for
 * @param files everything that was made
 */
public record Changes(
        Stanza stanza,
        boolean signed,
        String source,
        DebVersion version,
        List<String> architectures,
        String distribution,
        List<SourceFile> files) {

    private static final String WHAT = "the .changes file";

    /**
     * Reads it, clear-signed or not.
     *
     * @throws PackageFormatException when it is malformed, contradicts itself or names unsafe files
     */
    public static Changes parse(byte[] bytes) throws PackageFormatException {
        var control = SignedControl.parse(bytes, WHAT);
        var stanza = control.stanza();
        return new Changes(
                stanza,
                control.signed(),
                control.source(WHAT),
                control.version(WHAT),
                FileLists.words(stanza, "Architecture"),
                control.required("Distribution", WHAT),
                new FileLists(stanza, WHAT).read());
    }
}
