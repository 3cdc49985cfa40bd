package dev.slipway.packages.deb;

import java.util.regex.Pattern;

/**
 * A version in Debian's form, {@code [epoch:]upstream[-revision]} (deb-version(7)).
 *
 * <p>The order is dpkg's. Two versions may compare as equal and still be different texts ({@code 1.0} and {@code 1.00},
 * {@code 1} and {@code 1-0}); {@code equals} compares the text.
 *
 * @param text as it is written
 * @param epoch 0 when none is written
 * @param upstream the part between epoch and revision
 * @param revision the part behind the last hyphen; empty when there is none
 */
public record DebVersion(String text, int epoch, String upstream, String revision) implements Comparable<DebVersion> {

    private static final Pattern EPOCH = Pattern.compile("[0-9]{1,9}");
    private static final Pattern UPSTREAM = Pattern.compile("[0-9][A-Za-z0-9.+~:-]*");
    private static final Pattern REVISION = Pattern.compile("[A-Za-z0-9.+~]+");
    private static final int LONGEST = 256;

    /**
     * Reads a version.
     *
     * @throws IllegalArgumentException when dpkg would not take the text as a version; the message says why
     */
    public static DebVersion parse(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("a version is longer than " + LONGEST + " characters");
        }
        var colon = text.indexOf(':');
        var rest = text.substring(colon + 1);
        var hyphen = rest.lastIndexOf('-');
        var upstream = hyphen < 0 ? rest : rest.substring(0, hyphen);
        var revision = hyphen < 0 ? "" : rest.substring(hyphen + 1);
        if (colon >= 0 && !EPOCH.matcher(text.substring(0, colon)).matches()) {
            throw new IllegalArgumentException("the epoch of version '" + text + "' is not a number");
        }
        if (!UPSTREAM.matcher(upstream).matches()) {
            throw new IllegalArgumentException("the version '" + text
                    + "' does not start with a digit, or has other characters than letters, digits and . + ~ : -");
        }
        if (hyphen >= 0 && !REVISION.matcher(revision).matches()) {
            throw new IllegalArgumentException("the revision of version '" + text
                    + "' is empty, or has other characters than letters, digits and . + ~");
        }
        return new DebVersion(text, colon < 0 ? 0 : Integer.parseInt(text.substring(0, colon)), upstream, revision);
    }

    /** The version without its epoch, as it stands in file names. */
    public String withoutEpoch() {
        return text.substring(text.indexOf(':') + 1);
    }

    @Override
    public int compareTo(DebVersion other) {
        if (epoch != other.epoch) {
            return Integer.compare(epoch, other.epoch);
        }
        var byUpstream = comparePart(upstream, other.upstream);
        return byUpstream != 0 ? byUpstream : comparePart(revision, other.revision);
    }

    /** Stretches of non-digits and of digits in turn, the former by {@link #weight}, the latter as numbers. */
    private static int comparePart(String a, String b) {
        var i = 0;
        var j = 0;
        while (i < a.length() || j < b.length()) {
            while (isNonDigit(a, i) || isNonDigit(b, j)) {
                var difference = weight(a, i) - weight(b, j);
                if (difference != 0) {
                    return difference;
                }
                i++;
                j++;
            }
            var endA = endOfDigits(a, i);
            var endB = endOfDigits(b, j);
            var byNumber = compareNumbers(a, i, endA, b, j, endB);
            if (byNumber != 0) {
                return byNumber;
            }
            i = endA;
            j = endB;
        }
        return 0;
    }

    private static boolean isNonDigit(String s, int i) {
        return i < s.length() && !isDigit(s.charAt(i));
    }

    /** Tilde before the end, the end before letters, letters before all others; a digit counts as the end. */
    private static int weight(String s, int i) {
        if (i >= s.length() || isDigit(s.charAt(i))) {
            return 0;
        }
        var c = s.charAt(i);
        if (c == '~') {
            return -1;
        }
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ? c : c + 256;
    }

    private static int endOfDigits(String s, int from) {
        var i = from;
        while (i < s.length() && isDigit(s.charAt(i))) {
            i++;
        }
        return i;
    }

    /** Numbers of any length, leading zeros ignored. */
    private static int compareNumbers(String a, int startA, int endA, String b, int startB, int endB) {
        var i = skipZeros(a, startA, endA);
        var j = skipZeros(b, startB, endB);
        if (endA - i != endB - j) {
            return Integer.compare(endA - i, endB - j);
        }
        for (; i < endA; i++, j++) {
            if (a.charAt(i) != b.charAt(j)) {
                return Character.compare(a.charAt(i), b.charAt(j));
            }
        }
        return 0;
    }

    private static int skipZeros(String s, int from, int end) {
        var i = from;
        while (i < end && s.charAt(i) == '0') {
            i++;
        }
        return i;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    @Override
    public String toString() {
        return text;
    }
}
