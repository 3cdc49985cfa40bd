package dev.slipway.server.channels;

import org.jspecify.annotations.Nullable;

/**
 * What part of a file a request asks for (RFC 9110, section 14).
 *
 * <p>One range is served; of several, a header of another unit, or one that does not parse, the whole file is sent, as
 * the RFC allows.
 *
 * @param first offset of the first byte
 * @param last offset of the last byte, at least {@code first}
 */
record ByteRange(long first, long last) {

    /** Nothing of what was asked for is in the file: the answer is 416. */
    static final ByteRange UNSATISFIABLE = new ByteRange(-1, -1);

    private static final String UNIT = "bytes=";

    /** The range a {@code Range} header asks for, null for the whole file, or {@link #UNSATISFIABLE}. */
    static @Nullable ByteRange of(@Nullable String header, long size) {
        if (header == null || !header.startsWith(UNIT) || header.indexOf(',') >= 0) {
            return null;
        }
        String spec = header.substring(UNIT.length()).strip();
        int dash = spec.indexOf('-');
        if (dash < 0) {
            return null;
        }
        long from = number(spec.substring(0, dash));
        long to = number(spec.substring(dash + 1));
        if (dash == 0) {
            return suffix(to, size);
        }
        if (from < 0 || (dash < spec.length() - 1 && to < from)) {
            return null;
        }
        if (from >= size) {
            return UNSATISFIABLE;
        }
        return new ByteRange(from, to < 0 ? size - 1 : Math.min(to, size - 1));
    }

    long length() {
        return last - first + 1;
    }

    private static @Nullable ByteRange suffix(long length, long size) {
        if (length < 0) {
            return null;
        }
        return length == 0 || size == 0 ? UNSATISFIABLE : new ByteRange(Math.max(0, size - length), size - 1);
    }

    /** The number, or -1 when the text is none; digits past a long's range mean "very far". */
    private static long number(String digits) {
        if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        return digits.length() > 18 ? Long.MAX_VALUE : Long.parseLong(digits);
    }
}
