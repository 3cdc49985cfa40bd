package dev.slipway.worker.tools;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds tools that are missing and says which Debian package brings them. */
public final class ToolCheck {
    private static final List<Path> PLACES = List.of(
            Path.of("/usr/local/sbin"),
            Path.of("/usr/local/bin"),
            Path.of("/usr/sbin"),
            Path.of("/usr/bin"),
            Path.of("/sbin"),
            Path.of("/bin"));
    private static final Map<String, String> PACKAGES = Map.ofEntries(
            Map.entry("createrepo_c", "createrepo-c"),
            Map.entry("dnf", "dnf"),
            Map.entry("dpkg-source", "dpkg-dev"),
            Map.entry("git", "git"),
            Map.entry("hostname", "hostname"),
            Map.entry("ip", "iproute2"),
            Map.entry("mmdebstrap", "mmdebstrap"),
            Map.entry("newuidmap", "uidmap"),
            Map.entry("pivot_root", "util-linux"),
            Map.entry("prlimit", "util-linux"),
            Map.entry("rpm", "rpm"),
            Map.entry("rpm2cpio", "rpm2cpio"),
            Map.entry("rpmbuild", "rpm"),
            Map.entry("setpriv", "util-linux"),
            Map.entry("tar", "tar"),
            Map.entry("unshare", "util-linux"));

    private final List<Path> places;

    public ToolCheck() {
        this(PLACES);
    }

    /** @param places directories to look in */
    public ToolCheck(List<Path> places) {
        this.places = List.copyOf(places);
    }

    /** One line per missing tool, such as {@code mmdebstrap is missing: install the Debian package mmdebstrap}. */
    public List<String> missing(List<String> tools) {
        List<String> lines = new ArrayList<>();
        for (String tool : tools) {
            if (places.stream().noneMatch(place -> Files.isExecutable(place.resolve(tool)))) {
                lines.add(tool + " is missing: install the Debian package " + PACKAGES.getOrDefault(tool, tool));
            }
        }
        return lines;
    }
}
