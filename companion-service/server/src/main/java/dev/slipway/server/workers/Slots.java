package dev.slipway.server.workers;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names of what a worker may claim: {@code build:rpm:x86_64}, {@code test:deb:amd64}, {@code sign:89ABCDEF01234567}. A task
 * has one, a worker offers several.
 */
public final class Slots {
    /** The pseudo architecture of tasks that make source packages. */
    public static final String SOURCE = "src";

    private static final List<String> FORMATS = List.of("rpm", "deb");
    private static final Set<String> RPM_ONLY = Set.of(
            "x86_64",
            "x86_64_v2",
            "x86_64_v3",
            "x86_64_v4",
            "i486",
            "i586",
            "i686",
            "aarch64",
            "ppc64le",
            "armv7hl",
            "loongarch64");
    private static final Set<String> DEB_ONLY =
            Set.of("amd64", "arm64", "ppc64el", "armhf", "armel", "loong64", "mips64el", "kfreebsd-amd64");
    private static final Pattern ARCH = Pattern.compile("[a-z0-9][a-z0-9_-]{0,31}");
    private static final Pattern KEY_ID = Pattern.compile("[0-9A-F]{16}");

    private Slots() {}

    public static String build(String format, String arch) {
        return "build:" + format + ":" + arch;
    }

    public static String test(String format, String arch) {
        return "test:" + format + ":" + arch;
    }

    public static String sign(String keyId) {
        return "sign:" + keyId.toUpperCase(Locale.ROOT);
    }

    /** Of repository metadata, which nodes that sign whole packages cannot take. */
    public static String signMetadata(String keyId) {
        return sign(keyId) + ":metadata";
    }

    /**
     * The slots of a worker. An architecture may be narrowed to one format ({@code src:rpm}); where its name exists in one
     * format only, it stands for that.
     */
    public static Set<String> offered(Collection<String> kinds, Collection<String> arches, Collection<String> keyIds) {
        Set<String> slots = new LinkedHashSet<>();
        for (String given : arches) {
            int colon = given.indexOf(':');
            String arch = colon < 0 ? given : given.substring(0, colon);
            for (String format : FORMATS) {
                if (colon < 0 ? mayBe(format, arch) : given.substring(colon + 1).equals(format)) {
                    if (kinds.contains("build")) {
                        slots.add(build(format, arch));
                    }
                    if (kinds.contains("test") && !arch.equals(SOURCE)) {
                        slots.add(test(format, arch));
                    }
                }
            }
        }
        if (kinds.contains("sign")) {
            keyIds.forEach(key -> slots.addAll(List.of(sign(key), signMetadata(key))));
        }
        return slots;
    }

    /** Whether packages of this format can have this architecture, as far as its name tells. */
    public static boolean mayBe(String format, String arch) {
        return switch (format) {
            case "rpm" -> !DEB_ONLY.contains(arch);
            case "deb" -> !RPM_ONLY.contains(arch);
            default -> false;
        };
    }

    /** What is wrong with an architecture that a worker offers; null when nothing is. */
    public static @Nullable String faultOfArch(String given) {
        String[] parts = given.split(":", -1);
        boolean good = ARCH.matcher(parts[0]).matches()
                && (parts.length == 1 || parts.length == 2 && FORMATS.contains(parts[1]));
        return good ? null : "'" + given + "' is not an architecture such as x86_64, amd64, src or src:rpm";
    }

    /** What is wrong with a sign key id; null when nothing is. */
    public static @Nullable String faultOfKeyId(String given) {
        return KEY_ID.matcher(given.toUpperCase(Locale.ROOT)).matches()
                ? null
                : "'" + given + "' is not a key id of 16 hexadecimal digits";
    }
}
