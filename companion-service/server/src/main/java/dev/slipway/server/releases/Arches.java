package dev.slipway.server.releases;

import java.util.Map;

/** What the names of architectures have to do with each other, in RPM's words and in Debian's. */
final class Arches {
    private static final Map<String, String> FAMILIES = Map.ofEntries(
            Map.entry("x86_64", "x86"),
            Map.entry("x86_64_v2", "x86"),
            Map.entry("x86_64_v3", "x86"),
            Map.entry("amd64", "x86"),
            Map.entry("i386", "x86"),
            Map.entry("i486", "x86"),
            Map.entry("i586", "x86"),
            Map.entry("i686", "x86"),
            Map.entry("aarch64", "arm"),
            Map.entry("arm64", "arm"),
            Map.entry("armv7hl", "arm"),
            Map.entry("armhf", "arm"),
            Map.entry("armel", "arm"),
            Map.entry("ppc64le", "power"),
            Map.entry("ppc64el", "power"),
            Map.entry("ppc64", "power"),
            Map.entry("s390x", "s390"),
            Map.entry("s390", "s390"));

    /** 64-bit architectures whose machines also run a 32-bit one. */
    private static final Map<String, String> WIDER = Map.of("i686", "x86_64", "armv7hl", "aarch64", "s390", "s390x");

    private Arches() {}

    /** Architectures of one processor family share it; every other is a family of its own. */
    static String family(String arch) {
        return FAMILIES.getOrDefault(arch, arch);
    }

    static boolean independent(String arch) {
        return arch.equals("noarch") || arch.equals("all");
    }

    /** Whether a repository of {@code wide} may carry packages of {@code narrow} beside its own. */
    static boolean runsOn(String narrow, String wide) {
        return wide.equals(WIDER.get(narrow));
    }
}
