package dev.slipway.server.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A request's body, refused with 413 as soon as it turns out larger than allowed. */
public final class BoundedBody extends FilterInputStream {
    private final long most;
    private long left;

    public BoundedBody(InputStream in, long most) {
        super(in);
        this.most = most;
        this.left = most;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        if (value >= 0) {
            count(1);
        }
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        count(Math.max(0, count));
        return count;
    }

    private void count(int bytes) {
        left -= bytes;
        if (left < 0) {
            throw ProblemException.tooLarge(most);
        }
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** Skipped bytes count like read ones. */
    @Override
    public long skip(long bytes) throws IOException {
        byte[] scratch = new byte[(int) Math.min(8192, Math.max(0, bytes))];
        return scratch.length == 0 ? 0 : Math.max(0, read(scratch, 0, scratch.length));
    }
}
