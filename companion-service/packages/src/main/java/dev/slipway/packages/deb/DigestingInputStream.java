package dev.slipway.packages.deb;

import dev.slipway.packages.MessageDigests;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Computes all digests that Debian's indexes want while the file is read once. */
final class DigestingInputStream extends FilterInputStream {

    private final MessageDigest md5 = MessageDigests.of("MD5");
    private final MessageDigest sha1 = MessageDigests.of("SHA-1");
    private final MessageDigest sha256 = MessageDigests.sha256();
    private long size;
    private @Nullable IOException failure;

    DigestingInputStream(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int n;
        try {
            n = in.read(bytes, offset, length);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
        if (n > 0) {
            md5.update(bytes, offset, n);
            sha1.update(bytes, offset, n);
            sha256.update(bytes, offset, n);
            size += n;
        }
        return n;
    }

    @Override
    public long skip(long n) throws IOException {
        return readNBytes((int) Math.min(n, 1 << 13)).length;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** What went wrong below, if anything did: a decoder on top may have taken it for damaged content. */
    @Nullable
    IOException failure() {
        return failure;
    }

    /** Reads what is left and gives the digests of the whole. */
    FileDigests finish() throws IOException {
        transferTo(OutputStream.nullOutputStream());
        return new FileDigests(size, hex(md5), hex(sha1), hex(sha256));
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }
}
