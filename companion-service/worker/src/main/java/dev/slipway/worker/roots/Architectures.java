package dev.slipway.worker.roots;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The two families' words for processor architectures. */
public final class Architectures {
    private static final Map<String, String> DEBIAN = Map.of(
            "x86_64", "amd64",
            "i686", "i386",
            "i386", "i386",
            "aarch64", "arm64",
            "armv7hl", "armhf",
            "ppc64le", "ppc64el",
            "s390x", "s390x",
            "riscv64", "riscv64",
            "loongarch64", "loong64");

    private Architectures() {}

    /** Debian's word for a word of either family. */
    public static String debian(String arch) {
        return DEBIAN.getOrDefault(arch, arch);
    }

    /** rpm's word for a word of either family; {@code i386} becomes {@code i686}. */
    public static String rpm(String arch) {
        if (debian(arch).equals("i386")) {
            return "i686";
        }
        return DEBIAN.entrySet().stream()
                .filter(entry -> entry.getValue().equals(arch))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(arch);
    }

    /** This machine's architecture in rpm's word. */
    public static String host() {
        String arch = System.getProperty("os.arch", "");
        return arch.equals("amd64") ? "x86_64" : arch;
    }

    /** What setarch is to be told so that programs believe in a narrower machine than this one; else null. */
    public static @Nullable String personality(String arch) {
        return switch (rpm(arch)) {
            case "i686" -> "i686";
            case "armv7hl" -> host().equals("aarch64") ? "armv7l" : null;
            default -> null;
        };
    }
}
