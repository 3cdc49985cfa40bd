package dev.slipway.packages.rpm;

import static dev.slipway.packages.PackageFormatException.Reason.MALFORMED;
import static dev.slipway.packages.PackageFormatException.Reason.TOO_LARGE;
import static dev.slipway.packages.PackageFormatException.Reason.TRUNCATED;

import dev.slipway.packages.PackageFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/**
 * One header of a package file: numbered tags with typed data, kept as the bytes read and decoded when asked.
 *
 * <p>What is read is consistent: entries lie in bounds, are aligned, do not overlap, have no twins, and all of them
 * belong to the header's region; so the decoded size is bounded by the size read. Source: "Package header format" in
 * rpm's reference manual.
 */
final class RpmHeader {
    static final int INTRO = 16;
    static final int ENTRY = 16;
    static final int INT16 = 3;
    static final int INT32 = 4;
    static final int INT64 = 5;
    static final int STRING = 6;
    static final int BIN = 7;
    static final int STRING_ARRAY = 8;
    static final int I18N_STRING = 9;

    private static final long MAGIC = 0x8eade80100000000L;

    /** One tag: its type, where its data begins in {@link #bytes}, its length in bytes and its number of values. */
    record Entry(int tag, int type, int from, int length, int count) {}

    private final String what;
    private final byte[] bytes;
    private final NavigableMap<Integer, Entry> entries;
    private int stringsLeft;

    private RpmHeader(String what, byte[] bytes, NavigableMap<Integer, Entry> entries, int strings) {
        this.what = what;
        this.bytes = bytes;
        this.entries = entries;
        this.stringsLeft = strings;
    }

    /**
     * Reads a header that begins at the stream's position and leaves the stream behind its data.
     *
     * @param what how to call it in messages
     * @param region the tag that encloses all others
     */
    static RpmHeader read(InputStream in, String what, int region, int mostEntries, int mostBytes, int mostStrings)
            throws IOException {
        byte[] intro = exactly(in, INTRO, what);
        ByteBuffer head = ByteBuffer.wrap(intro);
        if (head.getLong() != MAGIC) {
            throw new PackageFormatException(MALFORMED, what + " does not begin with the header magic");
        }
        int count = head.getInt();
        int size = head.getInt();
        if (count < 0 || count > mostEntries) {
            throw new PackageFormatException(
                    TOO_LARGE,
                    what + " claims " + Integer.toUnsignedString(count) + " entries; at most " + mostEntries
                            + " are accepted");
        }
        if (size < 0 || size > mostBytes) {
            throw new PackageFormatException(
                    TOO_LARGE,
                    what + " claims " + Integer.toUnsignedString(size) + " bytes; at most " + mostBytes
                            + " are accepted");
        }
        if (count == 0) {
            throw new PackageFormatException(MALFORMED, what + " is empty");
        }
        byte[] rest = exactly(in, ENTRY * count + size, what);
        byte[] all = Arrays.copyOf(intro, INTRO + rest.length);
        System.arraycopy(rest, 0, all, INTRO, rest.length);
        return new RpmHeader(what, all, RpmHeaderIndex.read(all, count, region, what), mostStrings);
    }

    private static byte[] exactly(InputStream in, int length, String what) throws IOException {
        byte[] read = in.readNBytes(length);
        if (read.length < length) {
            throw new PackageFormatException(TRUNCATED, "the file ends within " + what);
        }
        return read;
    }

    /** The header as in the file, from its magic to the end of its data. Not a copy. */
    byte[] bytes() {
        return bytes;
    }

    /** The tags present, in order of their numbers, the region included. */
    NavigableMap<Integer, Entry> entries() {
        return entries;
    }

    boolean has(int tag) {
        return entries.containsKey(tag);
    }

    /** The first text of a tag ("C" locale of translated ones), or null without the tag. */
    @Nullable
    String string(int tag) throws PackageFormatException {
        Entry entry = entries.get(tag);
        if (entry == null) {
            return null;
        }
        requireType(entry, entry.type == STRING || entry.type == I18N_STRING || entry.type == STRING_ARRAY);
        int end = entry.from;
        while (bytes[end] != 0) {
            end++;
        }
        return Text.decode(bytes, entry.from, end - entry.from);
    }

    String required(int tag, String name) throws PackageFormatException {
        String value = string(tag);
        if (value == null || value.isEmpty()) {
            throw new PackageFormatException(MALFORMED, what + " names no " + name);
        }
        return value;
    }

    List<String> strings(int tag) throws PackageFormatException {
        Entry entry = entries.get(tag);
        if (entry == null) {
            return List.of();
        }
        int[] at = stringOffsets(entry);
        stringsLeft -= at.length;
        if (stringsLeft < 0) {
            throw new PackageFormatException(TOO_LARGE, what + " holds too many dependencies or changelog entries");
        }
        String[] all = new String[at.length];
        for (int i = 0; i < all.length; i++) {
            int end = i + 1 < all.length ? at[i + 1] : entry.from + entry.length;
            all[i] = Text.decode(bytes, at[i], end - 1 - at[i]);
        }
        return List.of(all);
    }

    /** Where each text of a tag begins in {@link #bytes}; each ends at the next zero byte. */
    int[] stringOffsets(Entry entry) throws PackageFormatException {
        requireType(entry, entry.type == STRING || entry.type == I18N_STRING || entry.type == STRING_ARRAY);
        int[] at = new int[entry.count];
        int position = entry.from;
        for (int i = 0; i < at.length; i++) {
            at[i] = position;
            while (bytes[position] != 0) {
                position++;
            }
            position++;
        }
        return at;
    }

    /** Values of 16, 32 or 64 bits, read as unsigned; empty without the tag. */
    long[] numbers(int tag) throws PackageFormatException {
        Entry entry = entries.get(tag);
        if (entry == null) {
            return new long[0];
        }
        requireType(entry, entry.type >= INT16 && entry.type <= INT64);
        ByteBuffer in = ByteBuffer.wrap(bytes, entry.from, entry.length);
        long[] values = new long[entry.count];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (entry.type) {
                case INT16 -> Short.toUnsignedLong(in.getShort());
                case INT32 -> Integer.toUnsignedLong(in.getInt());
                default -> in.getLong();
            };
        }
        return values;
    }

    /** The first value of the first of these tags that is present, or null. Sizes beyond 63 bits are refused. */
    @Nullable
    Long number(int... tags) throws PackageFormatException {
        for (int tag : tags) {
            if (has(tag)) {
                long value = numbers(tag)[0];
                if (value < 0) {
                    throw new PackageFormatException(MALFORMED, what + ": the number of tag " + tag + " is too large");
                }
                return value;
            }
        }
        return null;
    }

    byte @Nullable [] binary(int tag) throws PackageFormatException {
        Entry entry = entries.get(tag);
        if (entry == null) {
            return null;
        }
        requireType(entry, entry.type == BIN);
        return Arrays.copyOfRange(bytes, entry.from, entry.from + entry.length);
    }

    private void requireType(Entry entry, boolean right) throws PackageFormatException {
        if (!right) {
            throw new PackageFormatException(MALFORMED, what + ": tag " + entry.tag + " has type " + entry.type);
        }
    }
}
