package dev.slipway.client.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Refuses to read on when a peer sends more than was to be expected. */
final class BoundedInputStream extends FilterInputStream {
    private long left;

    BoundedInputStream(InputStream in, long most) {
        super(in);
        this.left = most;
    }

    @Override
    public int read() throws IOException {
        int b = in.read();
        if (b >= 0) {
            took(1);
        }
        return b;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        int n = in.read(to, offset, length);
        if (n > 0) {
            took(n);
        }
        return n;
    }

    private void took(int n) throws IOException {
        left -= n;
        if (left < 0) {
            throw new IOException("the answer is larger than any that is expected");
        }
    }
}
