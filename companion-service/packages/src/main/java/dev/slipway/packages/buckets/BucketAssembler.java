package dev.slipway.packages.buckets;

import dev.slipway.packages.MessageDigests;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes metadata files from cached buckets, making those that are missing. Uses memory for one bucket's list at a time.
 * Safe for use by several threads; files that are written at once share what they make.
 */
public final class BucketAssembler {
    private final BucketCache cache;

    public BucketAssembler(BucketCache cache) {
        this.cache = cache;
    }

    /**
     * Writes the file as head member, one member per bucket, tail member.
     *
     * @param out not closed; when this throws, what was written to it is of no use
     * @param rawDigest whether to hash the content too, which costs decompressing it
     */
    public AssembledFile assemble(MetadataFile file, OutputStream out, boolean rawDigest) throws IOException {
        Written written = new Written(out, file.compression(), rawDigest);
        List<List<BucketItem>> buckets = Buckets.split(file.items());
        int built = 0;
        if (file.head().length > 0 || (buckets.isEmpty() && file.tail().length == 0)) {
            written.member(file.head());
        }
        for (List<BucketItem> bucket : buckets) {
            String key = Buckets.key(file.kind(), file.compression(), bucket);
            BucketCache.Bucket cached = cache.get(key);
            if (cached == null) {
                cached = cache.put(key, to -> make(file, bucket, to));
                built++;
            }
            try (BucketCache.Bucket found = cached) {
                written.copy(found);
            }
        }
        if (file.tail().length > 0) {
            written.member(file.tail());
        }
        return written.result(buckets.size(), built);
    }

    /**
     * Writes the file as one member without the cache, for clients that do not read several. Costs compressing everything.
     */
    public AssembledFile assembleInOne(MetadataFile file, OutputStream out, boolean rawDigest) throws IOException {
        Written written = new Written(out, file.compression(), rawDigest);
        written.whole(file);
        return written.result(0, 0);
    }

    private static long make(MetadataFile file, List<BucketItem> bucket, OutputStream to) throws IOException {
        Counted content = new Counted(file.compression().member(to));
        try (content) {
            file.fragments().write(ids(bucket), content);
        }
        return content.count;
    }

    private static long[] ids(List<BucketItem> bucket) {
        return bucket.stream().mapToLong(BucketItem::id).toArray();
    }

    /** The file so far: counted and hashed, compressed and not. */
    private static final class Written {
        private static final int BUFFER = 1 << 16;

        private final MessageDigest digest = MessageDigests.sha256();
        private final Counted out;
        private final Compression compression;
        private final @Nullable MessageDigest raw;
        private long rawSize;

        Written(OutputStream out, Compression compression, boolean rawDigest) {
            this.out = new Counted(new DigestOutputStream(out, digest));
            this.compression = compression;
            this.raw = rawDigest ? MessageDigests.sha256() : null;
        }

        void member(byte[] content) throws IOException {
            try (OutputStream member = compression.member(out)) {
                member.write(content);
            }
            if (raw != null) {
                raw.update(content);
            }
            rawSize += content.length;
        }

        void copy(BucketCache.Bucket bucket) throws IOException {
            long before = out.count;
            long expected = rawSize + bucket.rawSize();
            if (raw == null) {
                bucket.bytes().transferTo(out);
                rawSize = expected;
            } else {
                // what the decompressor reads goes to the file on its way
                InputStream passed = new Passed(bucket.bytes(), out);
                InputStream content = compression.content(passed);
                byte[] buffer = new byte[BUFFER];
                for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                    raw.update(buffer, 0, read);
                    rawSize += read;
                }
                passed.transferTo(OutputStream.nullOutputStream());
            }
            if (out.count - before != bucket.size() || rawSize != expected) {
                throw new IOException("a cached bucket is not of the size it was made with");
            }
        }

        void whole(MetadataFile file) throws IOException {
            OutputStream member = compression.member(out);
            Counted content = new Counted(raw == null ? member : new DigestOutputStream(member, raw));
            try (content) {
                content.write(file.head());
                for (List<BucketItem> bucket : Buckets.split(file.items())) {
                    file.fragments().write(ids(bucket), content);
                }
                content.write(file.tail());
            }
            rawSize = content.count;
        }

        AssembledFile result(int buckets, int built) throws IOException {
            out.flush();
            return new AssembledFile(hex(digest), out.count, raw == null ? null : hex(raw), rawSize, buckets, built);
        }

        private static String hex(MessageDigest digest) {
            return HexFormat.of().formatHex(digest.digest());
        }
    }

    private static final class Counted extends FilterOutputStream {
        private long count;

        Counted(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            count++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            count += length;
        }
    }

    private static final class Passed extends FilterInputStream {
        private final OutputStream copy;

        Passed(InputStream in, OutputStream copy) {
            super(in);
            this.copy = copy;
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            if (b >= 0) {
                copy.write(b);
            }
            return b;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = super.read(into, offset, length);
            if (read > 0) {
                copy.write(into, offset, read);
            }
            return read;
        }
    }
}
