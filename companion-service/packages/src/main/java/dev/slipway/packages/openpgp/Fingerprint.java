package dev.slipway.packages.openpgp;

import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Fingerprint of a version 4 OpenPGP key (RFC 9580, 5.5.4.2).
 *
 * @param hex 40 upper-case hexadecimal digits
 */
public record Fingerprint(String hex) implements Comparable<Fingerprint> {

    private static final Pattern FORM = Pattern.compile("[0-9A-F]{40}");

    /** @throws IllegalArgumentException when {@code hex} is not in the canonical form */
    public Fingerprint {
        if (!FORM.matcher(hex).matches()) {
            throw new IllegalArgumentException("not an OpenPGP fingerprint of 40 upper-case hexadecimal digits");
        }
    }

    /**
     * Reads what people write: either case, blanks between groups, an {@code 0x} in front.
     *
     * @throws IllegalArgumentException when it is not a fingerprint; short key ids are not, since they can be forged
     */
    public static Fingerprint parse(String text) {
        var compact = text.replace(" ", "").toUpperCase(Locale.ROOT);
        return new Fingerprint(compact.startsWith("0X") ? compact.substring(2) : compact);
    }

    static Fingerprint of(byte[] bytes) {
        return new Fingerprint(HexFormat.of().withUpperCase().formatHex(bytes));
    }

    /** The last 16 hexadecimal digits, as key servers and signature packets name a key. */
    public String keyId() {
        return hex.substring(24);
    }

    @Override
    public int compareTo(Fingerprint other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
