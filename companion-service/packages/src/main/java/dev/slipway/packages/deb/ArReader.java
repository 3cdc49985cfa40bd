package dev.slipway.packages.deb;

import dev.slipway.packages.PackageFormatException;
import dev.slipway.packages.PackageFormatException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the outer archive of a .deb (deb(5)): the common ar format without its long-name extensions, which dpkg does
 * not read either. Reads each member as a stream that ends where the member does.
 */
final class ArReader {

    private static final byte[] MAGIC = "!<arch>\n".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER = 60;

    private final InputStream in;
    private final long fileSize;
    private long position;
    private long memberEnd;

    /** @param name without padding and without the slash that some writers add */
    record Member(String name, long size, InputStream content) {}

    ArReader(InputStream in, long fileSize) throws IOException {
        this.in = in;
        this.fileSize = fileSize;
        var magic = in.readNBytes(MAGIC.length);
        if (!Arrays.equals(magic, MAGIC)) {
            throw new PackageFormatException(
                    Reason.NOT_A_PACKAGE, "not a Debian package: it does not begin with '!<arch>'");
        }
        position = MAGIC.length;
        memberEnd = position;
    }

    /** Passes over what is left of the current member; null at the end of the archive. */
    @Nullable
    Member next() throws IOException {
        skipToEnd();
        if (memberEnd % 2 == 1 && position < fileSize) {
            read(1);
        }
        if (position == fileSize) {
            return null;
        }
        var header = read(HEADER);
        if (header[58] != '`' || header[59] != '\n') {
            throw new PackageFormatException(Reason.MALFORMED, "an archive member's header is damaged");
        }
        var name = field(header, 0, 16);
        var size = size(field(header, 48, 10));
        if (size > fileSize - position) {
            throw new PackageFormatException(
                    Reason.TRUNCATED,
                    "the package is cut off: the member '" + name + "' should have " + size + " bytes, "
                            + (fileSize - position) + " are there");
        }
        memberEnd = position + size;
        return new Member(name.endsWith("/") ? name.substring(0, name.length() - 1) : name, size, new Content());
    }

    private void skipToEnd() throws IOException {
        try (var rest = new Content()) {
            rest.transferTo(OutputStream.nullOutputStream());
        }
    }

    private byte[] read(int length) throws IOException {
        var bytes = in.readNBytes(length);
        position += bytes.length;
        if (bytes.length < length) {
            throw new PackageFormatException(Reason.TRUNCATED, "the package is cut off in a member's header");
        }
        return bytes;
    }

    private static String field(byte[] header, int offset, int length) {
        return new String(header, offset, length, StandardCharsets.ISO_8859_1).stripTrailing();
    }

    private static long size(String digits) throws PackageFormatException {
        if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new PackageFormatException(Reason.MALFORMED, "an archive member's size is not a number");
        }
        return Long.parseLong(digits);
    }

    /** What is left of the current member. */
    private final class Content extends InputStream {

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (position >= memberEnd) {
                return -1;
            }
            var n = in.read(bytes, offset, (int) Math.min(length, memberEnd - position));
            if (n < 0) {
                throw new PackageFormatException(Reason.TRUNCATED, "the package is cut off within a member");
            }
            position += n;
            return n;
        }

        @Override
        public int available() throws IOException {
            return (int) Math.min(in.available(), memberEnd - position);
        }
    }
}
