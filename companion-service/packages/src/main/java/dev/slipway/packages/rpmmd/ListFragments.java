package dev.slipway.packages.rpmmd;

import dev.slipway.packages.rpm.RpmChangelogEntry;
import dev.slipway.packages.rpm.RpmFile;
import dev.slipway.packages.rpm.RpmPackage;
import java.util.List;

/** The elements of one package in {@code filelists.xml} and {@code other.xml}. */
final class ListFragments {
    private static final int CHANGELOG_ENTRIES = 10;

    private ListFragments() {}

    static byte[] filelists(RpmPackage read, String sha256) {
        Xml xml = start(read, sha256);
        for (RpmFile file : read.files()) {
            PrimaryFragment.file(xml, "  ", file);
        }
        return xml.raw("</package>\n").bytes();
    }

    /** The newest entries, oldest first. */
    static byte[] other(RpmPackage read, String sha256) {
        List<RpmChangelogEntry> newest = read.changelog()
                .subList(0, Math.min(CHANGELOG_ENTRIES, read.changelog().size()));
        long[] times = distinctTimes(newest);
        Xml xml = start(read, sha256);
        for (int i = newest.size() - 1; i >= 0; i--) {
            xml.raw("  <changelog")
                    .attribute("author", newest.get(i).author())
                    .attribute("date", Long.toString(times[i]))
                    .raw(">")
                    .text(newest.get(i).text())
                    .raw("</changelog>\n");
        }
        return xml.raw("</package>\n").bytes();
    }

    private static Xml start(RpmPackage read, String sha256) {
        Xml xml = new Xml()
                .raw("<package pkgid=\"" + sha256 + "\"")
                .attribute("name", read.nevra().name())
                .attribute("arch", PrimaryFragment.arch(read.nevra()))
                .raw(">\n  ");
        PrimaryFragment.version(xml, read.nevra());
        return xml;
    }

    /** Entries of one day have one time; each newer one gets a second more, since readers sort by time. */
    private static long[] distinctTimes(List<RpmChangelogEntry> newestFirst) {
        long[] times = new long[newestFirst.size()];
        for (int i = 0; i < times.length; i++) {
            times[i] = newestFirst.get(i).time();
            if (i > 0 && newestFirst.get(i - 1).time() == times[i]) {
                long time = times[i];
                for (int newer = i - 1; newer >= 0; newer--) {
                    if (newer < i - 1 && times[newer] != time) {
                        break;
                    }
                    time++;
                    times[newer] = time;
                }
            }
        }
        return times;
    }
}
