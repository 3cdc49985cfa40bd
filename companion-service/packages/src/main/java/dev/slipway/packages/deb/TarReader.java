package dev.slipway.packages.deb;

import dev.slipway.packages.PackageFormatException;
import dev.slipway.packages.PackageFormatException.Reason;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads the tar archives within a .deb: exactly the forms that dpkg reads (deb(5)), which are v7, ustar, and GNU's long
 * names and large numbers. Unlike general readers it reserves no memory by what an entry claims.
 */
final class TarReader implements Closeable {

    private static final int BLOCK = 512;
    private static final int LONGEST_NAME = 1 << 16;

    private final InputStream in;
    private final String what;
    private final DebLimits limits;
    private int entries;
    private long nameBytes;
    private long left;
    private long padding;

    /** @param name as it is written, not yet checked; {@code link} is null for all but links */
    record Entry(
            String name,
            DebFile.Type type,
            int mode,
            long size,
            long modifiedAt,
            @Nullable String link) {}

    /** @param what names the archive in messages */
    TarReader(InputStream in, String what, DebLimits limits) {
        this.in = in;
        this.what = what;
        this.limits = limits;
    }

    /** The next entry; null at the end, when the stream has been read to its end too. */
    @Nullable
    Entry next() throws IOException {
        String longName = null;
        String longLink = null;
        while (true) {
            skipContent();
            var header = in.readNBytes(BLOCK);
            if (header.length == 0 || isZero(header)) {
                in.transferTo(OutputStream.nullOutputStream());
                return null;
            }
            if (header.length < BLOCK) {
                throw truncated();
            }
            checkSum(header);
            count();
            var size = number(header, 124, 12);
            if (size < 0) {
                throw malformed("has an entry of negative size");
            }
            switch (header[156]) {
                case 'L' -> longName = longText(size);
                case 'K' -> longLink = longText(size);
                default -> {
                    return entry(header, size, longName, longLink);
                }
            }
        }
    }

    private Entry entry(byte[] header, long size, @Nullable String longName, @Nullable String longLink)
            throws PackageFormatException {
        var name = longName != null ? longName : name(header);
        var type = type(header[156], name);
        var hasContent = type == DebFile.Type.FILE;
        if (!hasContent && size != 0 && type != DebFile.Type.HARD_LINK) {
            throw malformed("has an entry with content that is no file: " + name);
        }
        left = hasContent ? size : 0;
        padding = (BLOCK - left % BLOCK) % BLOCK;
        var isLink = type == DebFile.Type.SYMLINK || type == DebFile.Type.HARD_LINK;
        var link = isLink ? (longLink != null ? longLink : text(header, 157, 100)) : null;
        tally(name);
        if (link != null) {
            tally(link);
        }
        return new Entry(
                name,
                type,
                (int) (number(header, 100, 8) & 07777),
                hasContent ? size : 0,
                number(header, 136, 12),
                link);
    }

    /** Content of the current entry, from where it was left. */
    int read(byte[] bytes, int offset, int length) throws IOException {
        if (left == 0) {
            return -1;
        }
        var n = in.read(bytes, offset, (int) Math.min(length, left));
        if (n < 0) {
            throw truncated();
        }
        left -= n;
        return n;
    }

    /** The whole content of the current entry, which must not exceed {@code most} bytes. */
    byte[] readAll(int most, String name) throws IOException {
        if (left > most) {
            throw new PackageFormatException(
                    Reason.TOO_LARGE, what + ": '" + name + "' has " + left + " bytes, more than the limit of " + most);
        }
        var bytes = in.readNBytes((int) left);
        if (bytes.length < left) {
            throw truncated();
        }
        left = 0;
        return bytes;
    }

    private void skipContent() throws IOException {
        for (var rest = left + padding; rest > 0; ) {
            var skipped = in.skip(rest);
            if (skipped <= 0) {
                throw truncated();
            }
            rest -= skipped;
        }
        left = 0;
        padding = 0;
    }

    private String longText(long size) throws IOException {
        if (size > LONGEST_NAME) {
            throw new PackageFormatException(Reason.TOO_LARGE, what + " has a name of " + size + " bytes");
        }
        left = size;
        padding = (BLOCK - left % BLOCK) % BLOCK;
        var bytes = readAll(LONGEST_NAME, "name");
        return text(bytes, 0, bytes.length);
    }

    private void count() throws PackageFormatException {
        entries++;
        if (entries > limits.entries()) {
            throw new PackageFormatException(
                    Reason.TOO_LARGE, what + " has more than " + limits.entries() + " entries");
        }
    }

    private void tally(String text) throws PackageFormatException {
        nameBytes += text.length();
        if (nameBytes > limits.nameBytes()) {
            throw new PackageFormatException(
                    Reason.TOO_LARGE, what + " has names of more than " + limits.nameBytes() + " bytes together");
        }
    }

    private DebFile.Type type(byte flag, String name) throws PackageFormatException {
        return switch (flag) {
            case 0, '0', '7' -> name.endsWith("/") ? DebFile.Type.DIRECTORY : DebFile.Type.FILE;
            case '1' -> DebFile.Type.HARD_LINK;
            case '2' -> DebFile.Type.SYMLINK;
            case '3' -> DebFile.Type.CHARACTER_DEVICE;
            case '4' -> DebFile.Type.BLOCK_DEVICE;
            case '5' -> DebFile.Type.DIRECTORY;
            case '6' -> DebFile.Type.FIFO;
            default ->
                throw new PackageFormatException(
                        Reason.UNSUPPORTED,
                        what + " has an entry of tar type '" + (char) (flag & 0x7F) + "', which dpkg does not read");
        };
    }

    /** The prefix field is ustar's; GNU keeps other things in its place. */
    private static String name(byte[] header) {
        var name = text(header, 0, 100);
        var isUstar = "ustar".equals(text(header, 257, 6)) && header[262] == 0;
        var prefix = isUstar ? text(header, 345, 155) : "";
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    private static String text(byte[] bytes, int offset, int length) {
        var end = offset;
        while (end < offset + length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, offset, end - offset, StandardCharsets.UTF_8);
    }

    /** Octal digits, or GNU's big-endian binary form where the first bit is set. */
    private long number(byte[] header, int offset, int length) throws PackageFormatException {
        if (header[offset] < 0) {
            long value = header[offset] & 0x3F;
            for (var i = 1; i < length; i++) {
                if (value >> 54 != 0) {
                    throw malformed("has a number beyond all bounds");
                }
                value = value << 8 | (header[offset + i] & 0xFF);
            }
            return (header[offset] & 0x40) == 0 ? value : -1;
        }
        var digits = text(header, offset, length).strip();
        if (!digits.chars().allMatch(c -> c >= '0' && c <= '7')) {
            throw malformed("has a header with a malformed number");
        }
        return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    }

    private void checkSum(byte[] header) throws PackageFormatException {
        var sum = 0;
        for (var i = 0; i < BLOCK; i++) {
            sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xFF;
        }
        if (sum != number(header, 148, 8)) {
            throw malformed("has a damaged header");
        }
    }

    private static boolean isZero(byte[] block) {
        for (var b : block) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private PackageFormatException malformed(String fault) {
        return new PackageFormatException(Reason.MALFORMED, what + " " + fault);
    }

    private PackageFormatException truncated() {
        return new PackageFormatException(Reason.TRUNCATED, what + " is cut off");
    }
}
