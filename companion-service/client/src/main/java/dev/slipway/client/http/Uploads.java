package dev.slipway.client.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import okio.Okio;
import okio.Source;

/** Files on their way to and from the companion: never in memory as a whole, and verified by SHA-256. */
public final class Uploads {
    private Uploads() {}

    /** A file's content as a body that can be sent again. */
    public static RequestBody file(Path file) throws IOException {
        long size = Files.size(file);
        return new RequestBody() {
            @Override
            public MediaType contentType() {
                return MediaType.get("application/octet-stream");
            }

            @Override
            public long contentLength() {
                return size;
            }

            @Override
            public void writeTo(BufferedSink sink) throws IOException {
                try (Source source = Okio.source(file)) {
                    sink.writeAll(source);
                }
            }
        };
    }

    /** The SHA-256 of a file, in lower-case hexadecimal. */
    public static String sha256(Path file) throws IOException {
        MessageDigest digest = digest();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The value of a {@code Repr-Digest} header (RFC 9530) for a SHA-256 given in hexadecimal. */
    public static String reprDigest(String sha256) {
        return "sha-256=:" + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sha256)) + ":";
    }

    /**
     * Writes what comes into a file that holds exactly the bytes of {@code sha256}, or no file at all.
     *
     * @throws IOException when the bytes are others
     */
    public static void save(InputStream from, Path to, String sha256, long mostBytes) throws IOException {
        Path partial = to.resolveSibling("." + to.getFileName() + ".part");
        MessageDigest digest = digest();
        try {
            try (InputStream in = new DigestInputStream(new BoundedInputStream(from, mostBytes), digest)) {
                Files.copy(in, partial, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            }
            String got = HexFormat.of().formatHex(digest.digest());
            if (!got.equals(sha256)) {
                throw new IOException(to.getFileName() + " arrived with the SHA-256 " + got + " instead of " + sha256);
            }
            Files.move(partial, to, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
