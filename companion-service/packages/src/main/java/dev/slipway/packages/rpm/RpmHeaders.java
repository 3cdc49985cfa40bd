package dev.slipway.packages.rpm;

import static dev.slipway.packages.PackageFormatException.Reason.HEADER_DIGEST;
import static dev.slipway.packages.PackageFormatException.Reason.MALFORMED;
import static dev.slipway.packages.PackageFormatException.Reason.NOT_A_PACKAGE;
import static dev.slipway.packages.PackageFormatException.Reason.TRUNCATED;

import dev.slipway.packages.MessageDigests;
import dev.slipway.packages.PackageFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Locale;

/**
 * What stands before the payload: the lead, the signature header and the main header. Source: "RPM V4/V6 package format"
 * in rpm's reference manual.
 *
 * @param lead the 96 historical bytes at the start
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record RpmHeaders(byte[] lead, RpmHeader signature, RpmHeader main) {
    private static final int LEAD = 96;
    private static final int MAGIC_LENGTH = 4;
    private static final int[] MAGIC = {0xed, 0xab, 0xee, 0xdb};
    private static final int SIGNATURE_ENTRIES = 64;

    /** Reads from a package's first byte and leaves the stream at its payload. The main header's digests are checked. */
    static RpmHeaders read(InputStream in, RpmLimits limits) throws IOException {
        byte[] lead = in.readNBytes(LEAD);
        for (int i = 0; i < MAGIC_LENGTH; i++) {
            if (lead.length <= i || (lead[i] & 0xff) != MAGIC[i]) {
                throw new PackageFormatException(NOT_A_PACKAGE, "the file does not begin as an RPM package does");
            }
        }
        if (lead.length < LEAD) {
            throw new PackageFormatException(TRUNCATED, "the file ends within the lead of the RPM package");
        }
        RpmHeader signature = RpmHeader.read(
                in,
                "the signature header",
                Tag.REGION_SIGNATURES,
                SIGNATURE_ENTRIES,
                limits.signatureBytes(),
                SIGNATURE_ENTRIES);
        int padding = padding(signature.bytes().length);
        for (byte zero : in.readNBytes(padding)) {
            if (zero != 0) {
                throw new PackageFormatException(MALFORMED, "the signature header is not padded with zeros");
            }
        }
        RpmHeader main = RpmHeader.read(
                in,
                "the main header",
                Tag.REGION_IMMUTABLE,
                limits.indexEntries(),
                limits.headerBytes(),
                limits.strings());
        RpmHeaders headers = new RpmHeaders(lead, signature, main);
        headers.checkDigests();
        return headers;
    }

    /** Bytes that fill a signature header of this length up to a multiple of eight. */
    static int padding(int length) {
        return -length & 7;
    }

    /** Offset of the main header in the file. */
    long start() {
        int length = signature.bytes().length;
        return (long) LEAD + length + padding(length);
    }

    /** Offset in the file of the first byte behind the main header. */
    long end() {
        return start() + main.bytes().length;
    }

    private void checkDigests() throws PackageFormatException {
        boolean any = check(Tag.SIG_SHA256, "SHA-256");
        any |= check(Tag.SIG_SHA3_256, "SHA3-256");
        any |= check(Tag.SIG_SHA1, "SHA-1");
        // packages older than rpm 4 have only this one, checked with the payload
        if (!any && !signature.has(Tag.SIG_MD5)) {
            throw new PackageFormatException(HEADER_DIGEST, "the package carries no digest of its header");
        }
    }

    private boolean check(int tag, String algorithm) throws PackageFormatException {
        String claimed = signature.string(tag);
        if (claimed == null) {
            return false;
        }
        MessageDigest digest = MessageDigests.of(algorithm);
        if (!Digests.hex(digest.digest(main.bytes())).equals(claimed.toLowerCase(Locale.ROOT))) {
            throw new PackageFormatException(
                    HEADER_DIGEST, "the " + algorithm + " digest of the header is not the one the package carries");
        }
        return true;
    }
}
