package dev.slipway.packages.rpm;

import static dev.slipway.packages.PackageFormatException.Reason.ARCHITECTURE;
import static dev.slipway.packages.PackageFormatException.Reason.MALFORMED;
import static dev.slipway.packages.PackageFormatException.Reason.PAYLOAD_DIGEST;
import static dev.slipway.packages.PackageFormatException.Reason.SIZE_MISMATCH;
import static dev.slipway.packages.PackageFormatException.Reason.TRUNCATED;
import static dev.slipway.packages.PackageFormatException.Reason.UNSUPPORTED;

import com.github.luben.zstd.ZstdInputStream;
import dev.slipway.packages.MessageDigests;
import dev.slipway.packages.PackageFormatException;
import dev.slipway.packages.elf.ArchitectureCheck;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.LZMAInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * Reads a payload once, to its end: size and digests of the compressed bytes, and in the archive inside that every member
 * is a file of the header, with its size, and that binaries are for the claimed architecture.
 */
final class PayloadCheck {
    private static final int BUFFER = 1 << 16;
    private static final int UNPACK_MEMORY_KIB = 256 << 10;
    /** rpm counts the archive without the block padding that old versions wrote behind the trailer. */
    private static final int ARCHIVE_PADDING = 512;

    private final RpmHeaders headers;
    private final RpmPayload payload;
    private final RpmFiles files;
    private final Nevra nevra;
    private final long archiveSize;
    private final RpmLimits limits;

    PayloadCheck(
            RpmHeaders headers, RpmPayload payload, RpmFiles files, Nevra nevra, long archiveSize, RpmLimits limits) {
        this.headers = headers;
        this.payload = payload;
        this.files = files;
        this.nevra = nevra;
        this.archiveSize = archiveSize;
        this.limits = limits;
    }

    /** Reads the stream, which stands at the payload, to its end. */
    void run(InputStream in) throws IOException {
        MessageDigest digest = payload.digest() == null ? null : payloadDigest();
        MessageDigest md5 = headers.signature().has(Tag.SIG_MD5) ? MessageDigests.of("MD5") : null;
        List<MessageDigest> digests = new ArrayList<>();
        if (digest != null) {
            digests.add(digest);
        }
        if (md5 != null) {
            md5.update(headers.main().bytes());
            digests.add(md5);
        }
        TallyInputStream tally = new TallyInputStream(in, digests);
        PackageFormatException fault = archiveFault(tally);
        tally.rethrowFailure();
        // what is wrong with the bytes explains what is wrong with the archive, so that is said first
        tally.transferTo(OutputStream.nullOutputStream());
        checkSize(tally.count());
        checkDigests(digest, md5);
        if (fault != null) {
            throw fault;
        }
    }

    private MessageDigest payloadDigest() throws PackageFormatException {
        Long number = headers.main().number(Tag.PAYLOADDIGESTALGO);
        MessageDigest digest = Digests.ofNumber(number == null ? 8 : number);
        if (digest == null) {
            throw new PackageFormatException(
                    UNSUPPORTED, "the payload's digest is of an unknown kind, number " + number);
        }
        return digest;
    }

    private @Nullable PackageFormatException archiveFault(TallyInputStream tally) {
        try {
            InputStream packed = new BufferedInputStream(tally, BUFFER);
            walk(new BufferedInputStream(unpack(packed), BUFFER));
            return null;
        } catch (PackageFormatException e) {
            return e;
        } catch (IOException | RuntimeException e) {
            return new PackageFormatException(
                    MALFORMED, "the payload cannot be unpacked (" + payload.compressor() + "): " + e.getMessage(), e);
        }
    }

    private InputStream unpack(InputStream packed) throws IOException {
        RpmPayload.Compressor compressor = payload.known()
                .orElseThrow(() -> new PackageFormatException(
                        UNSUPPORTED,
                        "the payload is compressed by \"" + payload.compressor() + "\", which is unknown"));
        return switch (compressor) {
            case NONE -> packed;
            case GZIP -> new GZIPInputStream(packed, BUFFER);
            case BZIP2 -> new BZip2CompressorInputStream(packed, true);
            case LZMA -> new LZMAInputStream(packed, UNPACK_MEMORY_KIB);
            case XZ -> new XZInputStream(packed, UNPACK_MEMORY_KIB);
            case ZSTD -> new ZstdInputStream(packed);
        };
    }

    private void walk(InputStream unpacked) throws IOException {
        String format = headers.main().string(Tag.PAYLOADFORMAT);
        if (format != null && !format.equals("cpio")) {
            throw new PackageFormatException(UNSUPPORTED, "the payload is in format \"" + format + "\", not cpio");
        }
        long limit = limits.archiveBytes();
        if (archiveSize > 0) {
            limit = Math.min(limit, archiveSize + ARCHIVE_PADDING);
        }
        CpioReader archive = new CpioReader(unpacked, limit);
        ArchitectureCheck machines = new ArchitectureCheck(nevra.arch());
        Places places = new Places(files, nevra.isSource());
        byte[] head = new byte[ArchitectureCheck.HEAD_LENGTH];
        for (CpioReader.Member member = archive.next(); member != null; member = archive.next()) {
            int index = places.indexOf(member);
            long size = member.name() == null ? places.storedSize(index) : member.size();
            boolean regular = RpmFile.Type.ofMode(files.mode(index)) == RpmFile.Type.FILE;
            if (regular && size != files.size(index) && !(size == 0 && member.links() > 1) && member.name() != null) {
                throw new PackageFormatException(
                        SIZE_MISMATCH,
                        "the payload's " + files.path(index) + " has " + size + " bytes, the header says "
                                + files.size(index));
            }
            int read = archive.content(head, size);
            if (regular && !nevra.isSource()) {
                machines.file(files.path(index), head, read);
            }
        }
        long unpackedSize = archive.drain();
        if (unpackedSize < archiveSize) {
            throw new PackageFormatException(
                    SIZE_MISMATCH,
                    "the payload unpacks to " + unpackedSize + " bytes, the package says " + archiveSize);
        }
        List<ArchitectureCheck.ForeignBinary> foreign = machines.foreign();
        if (!foreign.isEmpty()) {
            throw new PackageFormatException(
                    ARCHITECTURE,
                    "the package claims architecture " + nevra.arch() + ", but "
                            + foreign.get(0).path()
                            + " is a binary for "
                            + foreign.get(0).machine().arches().iterator().next()
                            + (foreign.size() > 1 ? " (and more like it)" : ""));
        }
    }

    private void checkSize(long count) throws PackageFormatException {
        Long both = headers.signature().number(Tag.SIG_LONGSIZE, Tag.SIG_SIZE);
        Long own = headers.main().number(Tag.PAYLOADSIZE);
        Long expected = own != null
                ? own
                : both == null ? null : Long.valueOf(both - headers.main().bytes().length);
        if (expected == null) {
            return;
        }
        if (count < expected) {
            throw new PackageFormatException(
                    TRUNCATED, "the file ends after " + count + " of the payload's " + expected + " bytes");
        }
        if (count > expected) {
            throw new PackageFormatException(
                    SIZE_MISMATCH, "the file holds " + count + " bytes of payload, the package says " + expected);
        }
    }

    private void checkDigests(@Nullable MessageDigest digest, @Nullable MessageDigest md5)
            throws PackageFormatException {
        if (digest == null && md5 == null) {
            throw new PackageFormatException(PAYLOAD_DIGEST, "the package carries no digest of its payload");
        }
        if (digest != null && !Digests.hex(digest.digest()).equals(payload.digest())) {
            throw new PackageFormatException(
                    PAYLOAD_DIGEST, "the digest of the payload is not the one the package carries");
        }
        byte[] claimed = headers.signature().binary(Tag.SIG_MD5);
        if (md5 != null && !MessageDigest.isEqual(md5.digest(), claimed)) {
            throw new PackageFormatException(
                    PAYLOAD_DIGEST, "the MD5 digest of header and payload is not the one the package carries");
        }
    }

    /** Finds the header's file for each member of the archive, which mostly come in the header's order. */
    private static final class Places {
        private final RpmFiles files;
        private final boolean source;
        private final BitSet seen = new BitSet();
        private final BitSet linked;
        private @Nullable Map<String, Integer> byPath;
        private int expected;

        Places(RpmFiles files, boolean source) {
            this.files = files;
            this.source = source;
            this.linked = files.linkedFurtherDown();
        }

        /** Bytes that the archive holds for a file that is named by its place only. */
        long storedSize(int index) {
            RpmFile.Type type = RpmFile.Type.ofMode(files.mode(index));
            boolean content = type == RpmFile.Type.SYMLINK || (type == RpmFile.Type.FILE && !linked.get(index));
            return content ? files.size(index) : 0;
        }

        int indexOf(CpioReader.Member member) throws PackageFormatException {
            int index = member.name() == null ? member.index() : find(pathOf(member.name()));
            if (index < 0 || index >= files.size()) {
                throw new PackageFormatException(
                        MALFORMED,
                        "the payload holds "
                                + (member.name() == null ? "file number " + index : "\"" + member.name() + "\"")
                                + ", which the header does not name");
            }
            if (seen.get(index)) {
                throw new PackageFormatException(MALFORMED, "the payload holds " + files.path(index) + " twice");
            }
            seen.set(index);
            expected = index + 1;
            return index;
        }

        private int find(String path) {
            int next = expected;
            while (next < files.size() && files.isGhost(next)) {
                next++;
            }
            if (next < files.size() && files.path(next).equals(path)) {
                return next;
            }
            if (byPath == null) {
                byPath = new HashMap<>();
                for (int i = 0; i < files.size(); i++) {
                    byPath.put(files.path(i), i);
                }
            }
            return byPath.getOrDefault(path, -1);
        }

        private String pathOf(String name) {
            String plain = name.startsWith("./") ? name.substring(2) : name;
            String relative = plain.startsWith("/") ? plain.substring(1) : plain;
            return source ? relative : "/" + relative;
        }
    }
}
