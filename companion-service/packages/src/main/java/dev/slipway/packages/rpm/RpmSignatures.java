package dev.slipway.packages.rpm;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * Signs packages without sending them around: the bytes to sign are the main header, and the signature goes into the
 * signature header before it. Since the main header holds the payload's digest, the payload is signed with it.
 *
 * <p>The result is what {@code rpmsign --addsign} makes, without the space that it reserves in packages of format 4.
 * Source: "Signatures and digests" and "RPM V6 package format" in rpm's reference manual.
 */
public final class RpmSignatures {
    /** Former signatures, and the space reserved for them. */
    private static final Set<Integer> REPLACED = Set.of(
            Tag.SIG_DSA,
            Tag.SIG_RSA,
            Tag.SIG_OPENPGP,
            Tag.SIG_RESERVED,
            Tag.SIG_PGP,
            Tag.SIG_GPG,
            Tag.SIG_RESERVEDSPACE);

    private static final int RESERVED_BYTES = 32;
    private static final int BUFFER = 1 << 16;

    private RpmSignatures() {}

    /**
     * A package written with new signatures.
     *
     * @param headerStart offset in the new file of the main header
     * @param headerEnd offset in the new file of the first byte behind the main header
     * @param size bytes of the new file
     */
    public record Spliced(long headerStart, long headerEnd, long size) {}

    /** The bytes that a header signature covers: exactly the main header, of at most the size that the limits allow. */
    public static byte[] signedRegion(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return RpmHeaders.read(new BufferedInputStream(in, BUFFER), RpmLimits.DEFAULT)
                    .main()
                    .bytes();
        }
    }

    /**
     * Writes the package with these signatures in place of all it has; its other tags, its main header and its payload
     * stay as they are. The payload is copied as a stream and not looked at. That the signatures are good is for the
     * caller to verify, before.
     *
     * @param out receives the new package; not closed
     * @throws IllegalArgumentException when the package's format has no place for these signatures
     */
    public static Spliced splice(Path file, OutputStream out, RpmHeaderSignature... signatures) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return splice(in, out, signatures);
        }
    }

    /** As {@link #splice(Path, OutputStream, RpmHeaderSignature...)}; reads the stream to its end, leaves it open. */
    public static Spliced splice(InputStream in, OutputStream out, RpmHeaderSignature... signatures)
            throws IOException {
        InputStream buffered = new BufferedInputStream(in, BUFFER);
        RpmHeaders headers = RpmHeaders.read(buffered, RpmLimits.DEFAULT);
        RpmHeaderWriter writer = new RpmHeaderWriter();
        for (RpmHeader.Entry entry : headers.signature().entries().values()) {
            if (entry.tag() != Tag.REGION_SIGNATURES && !REPLACED.contains(entry.tag())) {
                writer.copy(headers.signature(), entry);
            }
        }
        Long format = headers.main().number(Tag.RPMFORMAT);
        if (format != null && format >= 6) {
            addToFormat6(writer, List.of(signatures));
        } else {
            addToFormat4(writer, List.of(signatures));
        }
        byte[] signature = writer.bytes(Tag.REGION_SIGNATURES);
        byte[] padding = new byte[RpmHeaders.padding(signature.length)];
        out.write(headers.lead());
        out.write(signature);
        out.write(padding);
        out.write(headers.main().bytes());
        long start = (long) headers.lead().length + signature.length + padding.length;
        long end = start + headers.main().bytes().length;
        return new Spliced(start, end, end + buffered.transferTo(out));
    }

    private static void addToFormat4(RpmHeaderWriter writer, List<RpmHeaderSignature> signatures) {
        for (RpmHeaderSignature signature : signatures) {
            if (signature.version() != 4) {
                throw new IllegalArgumentException(
                        "a package of format 4 takes OpenPGP signatures of version 4, not " + signature.version());
            }
            int tag = signature.isRsa() ? Tag.SIG_RSA : Tag.SIG_DSA;
            if (writer.has(tag)) {
                throw new IllegalArgumentException(
                        "a package of format 4 takes one RSA signature and one of another kind, not more");
            }
            writer.binary(tag, signature.packet());
        }
    }

    private static void addToFormat6(RpmHeaderWriter writer, List<RpmHeaderSignature> signatures) {
        List<byte[]> encoded = new ArrayList<>();
        for (RpmHeaderSignature signature : signatures) {
            encoded.add(Base64.getEncoder().encodeToString(signature.packet()).getBytes(StandardCharsets.US_ASCII));
        }
        if (!encoded.isEmpty()) {
            writer.strings(Tag.SIG_OPENPGP, encoded);
        }
        // rpm 4 knows only the older tags, of which there may be one
        signatures.stream()
                .filter(signature -> signature.version() == 4)
                .findFirst()
                .ifPresent(
                        signature -> writer.binary(signature.isRsa() ? Tag.SIG_RSA : Tag.SIG_DSA, signature.packet()));
        writer.binary(Tag.SIG_RESERVED, new byte[RESERVED_BYTES]);
    }
}
