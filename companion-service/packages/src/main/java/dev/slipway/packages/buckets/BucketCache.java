package dev.slipway.packages.buckets;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps compressed buckets by their key. An entry may vanish at any time, and never changes: whoever puts a key again puts
 * bytes with the same content. Safe for use by several threads.
 */
public interface BucketCache {
    /** The bucket, or null when it is not there. */
    @Nullable
    Bucket get(String key) throws IOException;

    /**
     * Makes a bucket and keeps it. When making it fails, nothing is kept.
     *
     * @return the bucket that was made
     */
    Bucket put(String key, Maker maker) throws IOException;

    /** Makes the compressed bytes of one bucket. */
    @FunctionalInterface
    interface Maker {
        /** Writes one member and tells how many bytes its content has. */
        long write(OutputStream out) throws IOException;
    }

    /**
     * A cached bucket, open for reading once.
     *
     * @param rawSize bytes of its content
     * @param size bytes of it, compressed
     * @param bytes the compressed bytes
     */
    record Bucket(long rawSize, long size, InputStream bytes) implements Closeable {
        @Override
        public void close() throws IOException {
            bytes.close();
        }
    }
}
