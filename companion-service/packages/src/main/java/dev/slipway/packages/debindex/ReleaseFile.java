package dev.slipway.packages.debindex;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The {@code Release} file of a suite: what is signed, and vouches for all indexes by their SHA-256. */
public final class ReleaseFile {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss '+0000'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final Pattern PACKING = Pattern.compile("\\.(gz|xz|zst|bz2|lzma)$");
    private static final int LONGEST_SIZE = 16;

    private ReleaseFile() {}

    /**
     * Writes the file. Equal arguments give equal bytes.
     *
     * @param date when it was made; apt refuses one in its future
     * @param validFor how long apt takes it, which bounds how long an attacker can show an old state; null for ever
     * @param files every index in every packing, the plain form always among them
     * @throws IllegalArgumentException when an index is listed in packed form alone, or a path twice
     */
    public static byte[] write(Suite suite, Instant date, @Nullable Duration validFor, List<IndexFile> files) {
        var text = new StringBuilder(1024);
        field(text, "Origin", suite.origin());
        field(text, "Label", suite.label());
        field(text, "Suite", suite.name());
        field(text, "Codename", suite.codename());
        field(text, "Date", DATE.format(date));
        if (validFor != null) {
            field(text, "Valid-Until", DATE.format(date.plus(validFor)));
        }
        if (suite.notAutomatic()) {
            field(text, "NotAutomatic", "yes");
            field(text, "ButAutomaticUpgrades", "yes");
        }
        field(text, "Acquire-By-Hash", "yes");
        if (suite.architectures().contains("all")) {
            // packages for all architectures are in every other index too: apt need not fetch them twice
            field(text, "No-Support-for-Architecture-all", "Packages");
        }
        field(text, "Architectures", String.join(" ", suite.architectures()));
        field(text, "Components", String.join(" ", suite.components()));
        if (suite.description() != null) {
            field(text, "Description", suite.description());
        }
        text.append("SHA256:\n");
        for (var file : checked(files)) {
            text.append(' ').append(file.sha256()).append(' ');
            var size = Long.toString(file.size());
            text.append(" ".repeat(LONGEST_SIZE - Math.min(LONGEST_SIZE, size.length())))
                    .append(size);
            text.append(' ').append(file.path()).append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void field(StringBuilder text, String name, String value) {
        text.append(name).append(": ").append(value).append('\n');
    }

    private static List<IndexFile> checked(List<IndexFile> files) {
        var paths = new HashSet<String>();
        for (var file : files) {
            if (!paths.add(file.path())) {
                throw new IllegalArgumentException("the index " + file.path() + " is listed twice");
            }
        }
        for (var path : paths) {
            var packing = PACKING.matcher(path);
            if (packing.find() && !paths.contains(path.substring(0, packing.start()))) {
                throw new IllegalArgumentException("the index " + path + " is listed without its plain form");
            }
        }
        var sorted = new ArrayList<>(files);
        sorted.sort(Comparator.comparing(IndexFile::path));
        return sorted;
    }
}
