package dev.slipway.packages.deb;

import dev.slipway.packages.PackageFormatException;
import dev.slipway.packages.PackageFormatException.Reason;
import java.util.List;

/**
 * In which environment one build was made (deb-buildinfo(5)).
 *
 * @param stanza all fields
 * @param signed whether it was clear-signed; the signature is checked elsewhere
 * @param source the source package's name
 * @param buildArchitecture of the machine that built
 * @param installed the packages that were installed, each with its exact version
 * @param files everything that was made
 */
public record Buildinfo(
        Stanza stanza,
        boolean signed,
        String source,
        DebVersion version,
        String buildArchitecture,
        List<Relation> installed,
        List<SourceFile> files) {

    private static final String WHAT = "the .buildinfo file";

    /**
     * Reads it, clear-signed or not.
     *
     * @throws PackageFormatException when it is malformed, contradicts itself or names unsafe files
     */
    public static Buildinfo parse(byte[] bytes) throws PackageFormatException {
        var control = SignedControl.parse(bytes, WHAT);
        var stanza = control.stanza();
        return new Buildinfo(
                stanza,
                control.signed(),
                control.source(WHAT),
                control.version(WHAT),
                control.required("Build-Architecture", WHAT),
                installed(stanza),
                new FileLists(stanza, WHAT).read());
    }

    private static List<Relation> installed(Stanza stanza) throws PackageFormatException {
        try {
            return Relations.parse(stanza.get("Installed-Build-Depends").orElse(""));
        } catch (IllegalArgumentException e) {
            throw new PackageFormatException(Reason.MALFORMED, WHAT + ": " + e.getMessage());
        }
    }
}
