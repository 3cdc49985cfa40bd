package dev.slipway.packages.deb;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.slipway.packages.PackageFormatException;
import dev.slipway.packages.PackageFormatException.Reason;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.tukaani.xz.BasicArrayCache;
import org.tukaani.xz.MemoryLimitException;
import org.tukaani.xz.XZInputStream;

/** Unpacks a member of a .deb by the ending of its name, and stops when more comes out than the limits allow. */
final class Unpacking {

    /** xz's own highest preset needs 65 MiB to unpack. */
    private static final int XZ_MEMORY_KIB = 128 << 10;

    private Unpacking() {}

    /**
     * Opens it; to be closed, since decoders hold native memory and large buffers.
     *
     * @param limit most bytes that may come out
     */
    static InputStream open(ArReader.Member member, String ending, long limit) throws IOException {
        try {
            var unpacked = switch (ending) {
                case "" -> member.content();
                case ".gz" ->
                    GzipCompressorInputStream.builder()
                            .setInputStream(member.content())
                            .setDecompressConcatenated(true)
                            .get();
                case ".xz" -> new XZInputStream(member.content(), XZ_MEMORY_KIB, true, BasicArrayCache.getInstance());
                case ".zst" -> new ZstdInputStreamNoFinalizer(member.content());
                case ".bz2" -> new BZip2CompressorInputStream(member.content(), true);
                default ->
                    throw new PackageFormatException(
                            Reason.UNSUPPORTED, "the member '" + member.name() + "' is packed in an unknown way");
            };
            return new Bounded(unpacked, member.name(), limit);
        } catch (PackageFormatException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw damaged(member.name(), e);
        }
    }

    private static PackageFormatException damaged(String name, Exception cause) {
        if (cause instanceof MemoryLimitException) {
            return new PackageFormatException(
                    Reason.TOO_LARGE, "the member '" + name + "' needs more than 128 MiB of memory to unpack", cause);
        }
        return new PackageFormatException(
                Reason.MALFORMED, "the member '" + name + "' cannot be unpacked: it is damaged or cut off", cause);
    }

    private static final class Bounded extends FilterInputStream {
        private final String name;
        private final long limit;
        private final byte[] passedOver = new byte[1 << 15];
        private long count;

        Bounded(InputStream in, String name, long limit) {
            super(in);
            this.name = name;
            this.limit = limit;
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
            } catch (PackageFormatException e) {
                throw e;
            } catch (IOException | RuntimeException e) {
                throw damaged(name, e);
            }
            count += Math.max(0, n);
            if (count > limit) {
                throw new PackageFormatException(
                        Reason.TOO_LARGE, "the member '" + name + "' unpacks to more than " + limit + " bytes");
            }
            return n;
        }

        @Override
        public long skip(long n) throws IOException {
            return Math.max(0, read(passedOver, 0, (int) Math.min(n, passedOver.length)));
        }
    }
}
