package dev.slipway.worker.jobs;

import java.util.Locale;

/** The two families of packages. */
public enum PackageFormat {
    RPM,
    DEB;

    /**
     * Reads the word used on the wire.
     *
     * @throws IllegalArgumentException naming the values there are
     */
    public static PackageFormat of(String word) {
        return switch (word) {
            case "rpm" -> RPM;
            case "deb" -> DEB;
            default -> throw new IllegalArgumentException("a platform's type is rpm or deb, not \"" + word + "\"");
        };
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
