package dev.slipway.client.follow;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Takes known secrets out of foreign text, so that a program that prints what it was given tells nobody. */
public final class Masking {
    private static final String MASK = "****";
    /** Anything shorter is also found where it is none. */
    private static final int SHORTEST = 4;

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
