package dev.slipway.packages.openpgp;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureGenerator;

/**
 * Makes signatures with one key. Equal content, key and second give equal bytes. Safe for use by several threads.
 *
 * <p>Every method throws {@link KeyNotUsableException} when the key expired meanwhile, so that a long-running signer
 * makes nothing that clients refuse.
 */
public final class Signer {

    private static final int BUFFER = 1 << 16;

    private final SigningKey key;
    private final DigestAlgorithm digest;
    private final Clock clock;

    /** @param clock gives the time of creation that a signature states */
    public Signer(SigningKey key, DigestAlgorithm digest, Clock clock) {
        this.key = key;
        this.digest = digest;
        this.clock = clock;
    }

    /** The key that signs. */
    public SigningKey key() {
        return key;
    }

    /**
     * A detached signature over the whole stream as one binary packet: what an RPM's signature header holds.
     *
     * @throws IOException when reading the data fails
     */
    public byte[] detached(InputStream data) throws IOException, KeyNotUsableException {
        var signature = start(PGPSignature.BINARY_DOCUMENT);
        var buffer = new byte[BUFFER];
        for (int n; (n = data.read(buffer)) >= 0; ) {
            signature.update(buffer, 0, n);
        }
        return packet(signature);
    }

    /** As {@link #detached(InputStream)}, over bytes in memory. */
    public byte[] detached(byte[] data) throws KeyNotUsableException {
        try {
            return detached(new ByteArrayInputStream(data));
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory failed", e);
        }
    }

    /** A detached signature in ASCII armor: {@code repomd.xml.asc}, {@code Release.gpg}. */
    public byte[] detachedArmored(InputStream data) throws IOException, KeyNotUsableException {
        return Armor.write(detached(data));
    }

    /** As {@link #detachedArmored(InputStream)}, over bytes in memory. */
    public byte[] detachedArmored(byte[] data) throws KeyNotUsableException {
        return Armor.write(detached(data));
    }

    /**
     * The text with its signature around it: {@code InRelease}, {@code .changes}, {@code .dsc} (RFC 9580, 7). Blanks at
     * line ends stay in the text but are not protected, as the format has it.
     *
     * @throws IllegalArgumentException when gpg could not verify the result: a line is longer than 19,000 bytes, or a
     *     carriage return stands inside one
     */
    public byte[] clearSigned(byte[] text) throws KeyNotUsableException {
        var signature = start(PGPSignature.CANONICAL_TEXT_DOCUMENT);
        var out = new ByteArrayOutputStream(text.length + 2048);
        write(out, ClearText.BEGIN + "\nHash: " + digest + "\n\n");
        var lines = ClearText.lines(text);
        for (var i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            ClearText.requireSignable(text, line, i + 1);
            if (i > 0) {
                signature.update(ClearText.LINE_END);
            }
            signature.update(text, line.start(), line.signedLength());
            if (line.length() > 0 && text[line.start()] == '-') {
                write(out, "- ");
            }
            out.write(text, line.start(), line.length());
            out.write('\n');
        }
        out.writeBytes(Armor.write(packet(signature)));
        return out.toByteArray();
    }

    private PGPSignatureGenerator start(int type) throws KeyNotUsableException {
        return key.signature(type, digest, clock.instant().truncatedTo(ChronoUnit.SECONDS));
    }

    private static byte[] packet(PGPSignatureGenerator signature) {
        try {
            return signature.generate().getEncoded();
        } catch (PGPException e) {
            throw new IllegalStateException("a key that was checked refuses to sign", e);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
    }

    private static void write(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }
}
