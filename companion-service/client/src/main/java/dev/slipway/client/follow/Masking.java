package dev.slipway.client.follow;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** Takes known secrets out of foreign text, so that a program that prints what it was given tells nobody. */
public final class Masking {
    private static final String MASK = "****";
    /** Anything shorter is also found where it is none. */
    private static final int SHORTEST = 4;

    private static final Pattern ARMOURED = Pattern.compile("[A-Za-z0-9+/]{4,76}={0,2}|=[A-Za-z0-9+/]{4}");
    private static final String ARMOUR = "-----BEGIN PGP";

    private final List<String> secrets;

    /** @param secrets each may have several lines, of which each is a secret */
    public Masking(Collection<String> secrets) {
        this.secrets = secrets.stream()
                .flatMap(String::lines)
                .map(String::strip)
                .filter(line -> line.length() >= SHORTEST)
                .distinct()
                // One may be part of another.
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /**
     * The lines of an armoured OpenPGP key that are the key, to be masked: nothing that says what it is, and nothing at all
     * of a key that no program can print as text.
     */
    public static List<String> key(byte[] file) {
        String text = new String(file, StandardCharsets.ISO_8859_1);
        if (!text.contains(ARMOUR)) {
            return List.of();
        }
        return text.lines()
                .map(String::strip)
                .filter(line -> ARMOURED.matcher(line).matches())
                .toList();
    }

    /** One line without them. */
    public String line(String foreign) {
        String masked = foreign;
        for (String secret : secrets) {
            masked = masked.replace(secret, MASK);
        }
        return masked;
    }

    @Override
    public String toString() {
        return secrets.size() + " secrets";
    }
}
