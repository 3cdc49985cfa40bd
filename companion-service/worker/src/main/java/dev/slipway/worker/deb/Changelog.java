package dev.slipway.worker.deb;

import dev.slipway.worker.jobs.Diagnosis.Code;
import dev.slipway.worker.jobs.JobFailure;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the top of a debian/changelog says (deb-changelog(5)).
 *
 * @param version the whole one
 * @param upstreamSince when the oldest entry of the same upstream version was written, in seconds since 1970; 0 when that
 *     can't be read
 */
record Changelog(String name, String version, long upstreamSince) {
    private static final Pattern HEADING = Pattern.compile("([a-z0-9][a-z0-9+.-]+) \\(([0-9][A-Za-z0-9.+:~-]*)\\) .*");
    private static final String TRAILER = " -- ";

    /** @throws JobFailure when it has no first entry */
    static Changelog read(String text) {
        String name = "";
        String version = "";
        boolean same = false;
        long since = 0;
        for (String line : text.split("\n", -1)) {
            Matcher heading = HEADING.matcher(line);
            if (heading.matches()) {
                if (name.isEmpty()) {
                    name = heading.group(1);
                    version = heading.group(2);
                }
                same = upstream(heading.group(2)).equals(upstream(version));
            } else if (name.isEmpty() && !line.isBlank()) {
                break;
            } else if (line.startsWith(TRAILER) && line.contains(">  ")) {
                since = same ? seconds(line.substring(line.indexOf(">  ") + 3).trim(), since) : since;
            }
        }
        if (name.isEmpty()) {
            throw JobFailure.failed(
                    Code.SOURCE_INVALID, "debian/changelog does not begin with a name and a version in parentheses");
        }
        return new Changelog(name, version, since);
    }

    /** Without epoch and revision. */
    String upstream() {
        return upstream(version);
    }

    boolean hasRevision() {
        return version.contains("-");
    }

    private static String upstream(String version) {
        String rest = version.substring(version.indexOf(':') + 1);
        int hyphen = rest.lastIndexOf('-');
        return hyphen < 0 ? rest : rest.substring(0, hyphen);
    }

    private static long seconds(String date, long otherwise) {
        try {
            return OffsetDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toEpochSecond();
        } catch (DateTimeException e) {
            return otherwise;
        }
    }
}
