package dev.slipway.server.releases;

import dev.slipway.api.releases.PlanRepository;
import java.util.Set;

/**
 * A repository that packages may go to.
 *
 * @param family what the repository for other architectures, for sources and for debug packages have in common
 * @param arch as the repository is recorded
 * @param arches the architectures it serves; for RPM one, which is {@code src} for sources
 * @param version its current version
 */
record Place(
        long id,
        String name,
        String family,
        String format,
        String arch,
        Set<String> arches,
        boolean debug,
        long platformId,
        int version) {

    boolean forSources() {
        return format.equals("deb") || arches.contains("src");
    }

    PlanRepository shown() {
        return new PlanRepository(id, name, arch, debug);
    }

    /**
     * The family's name: the repository's without its architecture and debug endings, so that {@code
     * base-x86_64-debug} and {@code base-src} are both {@code base}.
     */
    static String familyOf(String name, String arch, boolean debug) {
        String plain = debug ? withoutEnding(name, "-debug") : name;
        plain = withoutEnding(plain, "-" + arch);
        return debug ? withoutEnding(plain, "-debug") : plain;
    }

    private static String withoutEnding(String text, String ending) {
        boolean has = text.endsWith(ending) && text.length() > ending.length();
        return has ? text.substring(0, text.length() - ending.length()) : text;
    }
}
