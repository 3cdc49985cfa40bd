package dev.slipway.packages.deb;

import dev.slipway.packages.PackageFormatException;
import dev.slipway.packages.PackageFormatException.Reason;
import dev.slipway.packages.openpgp.ClearSigned;
import dev.slipway.packages.openpgp.SignatureFormatException;

/** The paragraph of a control file that may be clear-signed; the signature is not checked here. */
record SignedControl(Stanza stanza, boolean signed) {

    private static final int MAX_BYTES = 8 << 20;

    /** @param what names the file in messages */
    static SignedControl parse(byte[] bytes, String what) throws PackageFormatException {
        if (bytes.length > MAX_BYTES) {
            throw new PackageFormatException(Reason.TOO_LARGE, what + " is larger than " + MAX_BYTES + " bytes");
        }
        if (!ClearSigned.isClearSigned(bytes)) {
            return new SignedControl(Deb822Reader.single(bytes, what), false);
        }
        try {
            return new SignedControl(Deb822Reader.single(ClearSigned.unverifiedText(bytes), what), true);
        } catch (SignatureFormatException e) {
            throw new PackageFormatException(
                    Reason.MALFORMED, what + " is clear-signed in a malformed way: " + e.getMessage(), e);
        }
    }

    String required(String field, String what) throws PackageFormatException {
        return stanza.get(field)
                .orElseThrow(() -> new PackageFormatException(Reason.MALFORMED, what + " has no field " + field));
    }

    DebVersion version(String what) throws PackageFormatException {
        try {
            return DebVersion.parse(required("Version", what));
        } catch (IllegalArgumentException e) {
            throw new PackageFormatException(Reason.MALFORMED, what + ": " + e.getMessage());
        }
    }

    /** A source name; a version in parentheses behind it, as binary-only uploads have it, is dropped. */
    String source(String what) throws PackageFormatException {
        var text = required("Source", what);
        var name = text.split("[ (]", -1)[0];
        if (!DebControl.NAME.matcher(name).matches()) {
            throw new PackageFormatException(Reason.MALFORMED, what + " has the malformed source name '" + name + "'");
        }
        return name;
    }
}
