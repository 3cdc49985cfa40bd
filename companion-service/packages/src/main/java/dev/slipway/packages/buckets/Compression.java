package dev.slipway.packages.buckets;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Compressions whose output can be concatenated. (xz is not here: clients refuse concatenated xz streams.) */
public enum Compression {
    /** Members as in RFC 1952; every client reads them. */
    GZIP("gz"),
    /** Frames as in RFC 8878; about a fifth of gzip's CPU time. */
    ZSTD("zst");

    private static final int BUFFER = 1 << 16;
    private static final int ZSTD_LEVEL = 3;

    private final String suffix;

    Compression(String suffix) {
        this.suffix = suffix;
    }

    /** The ending of file names, without a dot. */
    public String suffix() {
        return suffix;
    }

    /** Compresses into one member, which closing completes; {@code out} stays open. Equal input gives equal bytes. */
    public OutputStream member(OutputStream out) throws IOException {
        OutputStream kept = new FilterOutputStream(out) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
            }

            @Override
            public void close() throws IOException {
                out.flush();
            }
        };
        return switch (this) {
            case GZIP -> new GZIPOutputStream(kept, BUFFER);
            case ZSTD -> new ZstdOutputStream(kept, ZSTD_LEVEL);
        };
    }

    /** The content of all members that follow each other in a stream. */
    public InputStream content(InputStream members) throws IOException {
        return switch (this) {
            case GZIP -> new GZIPInputStream(members, BUFFER);
            case ZSTD -> new ZstdInputStream(members);
        };
    }
}
