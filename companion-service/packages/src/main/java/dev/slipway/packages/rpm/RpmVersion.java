package dev.slipway.packages.rpm;

import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Epoch, version and release, ordered as rpm orders them.
 *
 * <p>Segments of digits compare as numbers, segments of ASCII letters as text, a number is newer than letters, other
 * characters only separate, {@code ~} sorts before everything and even before the end, {@code ^} after the end but
 * before anything else. Source: rpm's reference manual, "Dependencies: versioning", checked against rpm itself.
 *
 * @param epoch 0 for none
 * @param version null for none, as in {@code "2:"}
 * @param release null for none, as in most dependencies
 */
public record RpmVersion(
        long epoch, @Nullable String version, @Nullable String release) implements Comparable<RpmVersion> {
    private static final Comparator<@Nullable String> PARTS =
            Comparator.nullsFirst((Comparator<String>) RpmVersion::compare);

    /**
     * Reads {@code [epoch:]version[-release]}. The epoch is what stands before the first colon when that is a number or
     * empty; the version ends at the first dash and the release takes the rest, further dashes included.
     *
     * @return empty for an empty text
     */
    public static Optional<RpmVersion> parse(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        long epoch = 0;
        String rest = text;
        int colon = text.indexOf(':');
        if (colon >= 0 && colon <= 10 && isDigits(text, colon)) {
            epoch = colon == 0 ? 0 : Long.parseLong(text.substring(0, colon));
            rest = text.substring(colon + 1);
        }
        int dash = rest.indexOf('-');
        String version = dash < 0 ? rest : rest.substring(0, dash);
        String release = dash < 0 ? "" : rest.substring(dash + 1);
        return Optional.of(
                new RpmVersion(epoch, version.isEmpty() ? null : version, release.isEmpty() ? null : release));
    }

    /**
     * Compares two versions, or two releases.
     *
     * @return negative, 0 or positive as {@code a} is older than, equal to or newer than {@code b}
     */
    public static int compare(String a, String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() || j < b.length()) {
            i = skipSeparators(a, i);
            j = skipSeparators(b, j);
            char x = i < a.length() ? a.charAt(i) : 0;
            char y = j < b.length() ? b.charAt(j) : 0;
            if (x == '~' || y == '~') {
                if (x != y) {
                    return x == '~' ? -1 : 1;
                }
                i++;
                j++;
                continue;
            }
            if (x == '^' || y == '^') {
                if (x == y) {
                    i++;
                    j++;
                    continue;
                }
                if (x == 0 || y == 0) {
                    return x == 0 ? -1 : 1;
                }
                return x == '^' ? -1 : 1;
            }
            if (x == 0 || y == 0) {
                break;
            }
            boolean digits = isDigit(x);
            if (digits != isDigit(y)) {
                return digits ? 1 : -1;
            }
            int endA = segmentEnd(a, i, digits);
            int endB = segmentEnd(b, j, digits);
            int order = digits ? compareNumbers(a, i, endA, b, j, endB) : compareText(a, i, endA, b, j, endB);
            if (order != 0) {
                return order;
            }
            i = endA;
            j = endB;
        }
        // one has ended: whichever has something left is newer
        return Boolean.compare(i < a.length(), j < b.length());
    }

    /** Orders by epoch, version, release; a missing part is older than any. */
    @Override
    public int compareTo(RpmVersion other) {
        int order = Long.compare(epoch, other.epoch);
        if (order == 0) {
            order = PARTS.compare(version, other.version);
        }
        return order != 0 ? order : PARTS.compare(release, other.release);
    }

    @Override
    public String toString() {
        return (epoch == 0 ? "" : epoch + ":")
                + (version == null ? "" : version)
                + (release == null ? "" : "-" + release);
    }

    private static int compareNumbers(String a, int i, int endA, String b, int j, int endB) {
        int fromA = skipZeros(a, i, endA);
        int fromB = skipZeros(b, j, endB);
        int order = Integer.compare(endA - fromA, endB - fromB);
        return order != 0 ? order : compareText(a, fromA, endA, b, fromB, endB);
    }

    private static int compareText(String a, int i, int endA, String b, int j, int endB) {
        return Integer.signum(a.substring(i, endA).compareTo(b.substring(j, endB)));
    }

    private static int skipZeros(String text, int from, int end) {
        int at = from;
        while (at < end && text.charAt(at) == '0') {
            at++;
        }
        return at;
    }

    private static int skipSeparators(String text, int from) {
        int at = from;
        while (at < text.length()
                && !isDigit(text.charAt(at))
                && !isLetter(text.charAt(at))
                && text.charAt(at) != '~'
                && text.charAt(at) != '^') {
            at++;
        }
        return at;
    }

    private static int segmentEnd(String text, int from, boolean digits) {
        int at = from;
        while (at < text.length() && (digits ? isDigit(text.charAt(at)) : isLetter(text.charAt(at)))) {
            at++;
        }
        return at;
    }

    private static boolean isDigits(String text, int end) {
        return text.substring(0, end).chars().allMatch(c -> isDigit((char) c));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
