package dev.slipway.packages.rpm;

import static dev.slipway.packages.PackageFormatException.Reason.MALFORMED;
import static dev.slipway.packages.PackageFormatException.Reason.TOO_LARGE;
import static dev.slipway.packages.PackageFormatException.Reason.UNSAFE_PATH;

import dev.slipway.packages.PackageFormatException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads the archive of a payload member by member: SVR4 "newc" headers (magic 070701 and 070702), and rpm's stripped ones
 * (07070X), which name a file only by its place in the header's list. Source: cpio(5), "RPM V6 package format".
 */
final class CpioReader {
    private static final int MAGIC = 6;
    private static final int FIELDS = 13;
    private static final int FIELD = 8;
    private static final int LONGEST_NAME = 4096;
    private static final String TRAILER = "TRAILER!!!";

    private final InputStream in;
    private final long limit;
    private long position;

    /**
     * One member.
     *
     * @param name as in the archive, or null of a stripped member
     * @param index place in the header's file list of a stripped member, else -1
     * @param size bytes of content, not known (-1) of a stripped member
     * @param links number of hard links
     */
    record Member(@Nullable String name, int index, long size, long links) {}

    /** Reads an unpacked archive of at most {@code limit} bytes. */
    CpioReader(InputStream in, long limit) {
        this.in = in;
        this.limit = limit;
    }

    /** The next member, or null at the trailer. The content of the former one must have been read or skipped. */
    @Nullable
    Member next() throws IOException {
        align();
        String magic = ascii(MAGIC);
        if (magic.equals("07070X")) {
            long index = field(ascii(FIELD));
            align();
            return new Member(null, (int) Math.min(index, Integer.MAX_VALUE), -1, 1);
        }
        if (!magic.equals("070701") && !magic.equals("070702")) {
            throw new PackageFormatException(MALFORMED, "the payload is not a cpio archive");
        }
        String fields = ascii(FIELDS * FIELD);
        long nameLength = field(fields, 11);
        if (nameLength < 1 || nameLength > LONGEST_NAME) {
            throw new PackageFormatException(UNSAFE_PATH, "the payload names a file with " + nameLength + " bytes");
        }
        byte[] name = exactly((int) nameLength);
        for (int i = 0; i < name.length; i++) {
            if ((name[i] == 0) != (i == name.length - 1)) {
                throw new PackageFormatException(UNSAFE_PATH, "the payload holds a file name with a NUL inside");
            }
        }
        align();
        String text = Text.decode(name, 0, name.length - 1);
        return text.equals(TRAILER) ? null : new Member(text, -1, field(fields, 6), field(fields, 4));
    }

    /** Reads up to {@code into.length} bytes of a member's content of {@code size} bytes and skips the rest. */
    int content(byte[] into, long size) throws IOException {
        int wanted = (int) Math.min(into.length, size);
        int read = in.readNBytes(into, 0, wanted);
        advance(read);
        if (read < wanted) {
            throw new EOFException("the archive ends within a file");
        }
        advance(size - read);
        in.skipNBytes(size - read);
        return read;
    }

    /** Reads what follows the trailer, which nothing should, and gives the archive's size. */
    long drain() throws IOException {
        byte[] buffer = new byte[8192];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            advance(read);
        }
        return position;
    }

    private void align() throws IOException {
        exactly((int) (-position & 3));
    }

    private String ascii(int length) throws IOException {
        return new String(exactly(length), StandardCharsets.ISO_8859_1);
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        advance(bytes.length);
        if (bytes.length < length) {
            throw new EOFException("the archive ends without its trailer");
        }
        return bytes;
    }

    private void advance(long bytes) throws PackageFormatException {
        position += bytes;
        if (position > limit) {
            throw new PackageFormatException(TOO_LARGE, "the payload unpacks to more than " + limit + " bytes");
        }
    }

    private static long field(String fields, int index) throws PackageFormatException {
        return field(fields.substring(index * FIELD, (index + 1) * FIELD));
    }

    private static long field(String hex) throws PackageFormatException {
        long value = 0;
        for (int i = 0; i < FIELD; i++) {
            int digit = hex.charAt(i) < 128 ? Character.digit(hex.charAt(i), 16) : -1;
            if (digit < 0) {
                throw new PackageFormatException(MALFORMED, "the payload holds a damaged cpio header");
            }
            value = (value << 4) | digit;
        }
        return value;
    }
}
