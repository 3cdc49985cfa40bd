package dev.slipway.packages.rpm;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts and digests what is read through it, and remembers when reading itself failed. */
final class TallyInputStream extends FilterInputStream {
    private final List<MessageDigest> digests;
    private long count;
    private @Nullable IOException failure;

    TallyInputStream(InputStream in, List<MessageDigest> digests) {
        super(in);
        this.digests = digests;
    }

    /** Bytes read so far. */
    long count() {
        return count;
    }

    /** Throws what reading the underlying stream threw, if it did. */
    void rethrowFailure() throws IOException {
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        try {
            int read = super.read(into, offset, length);
            if (read > 0) {
                count += read;
                for (MessageDigest digest : digests) {
                    digest.update(into, offset, read);
                }
            }
            return read;
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    @Override
    public long skip(long n) throws IOException {
        return read(new byte[(int) Math.min(n, 8192)]);
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    @Override
    public void close() {
        // the caller's stream stays open
    }
}
