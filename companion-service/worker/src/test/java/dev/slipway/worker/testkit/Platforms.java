package dev.slipway.worker.testkit;

import dev.slipway.worker.jobs.PlatformSpec;
import java.util.HashMap;
import java.util.Map;

/** The two platforms of the tests, both made of one Debian suite's packages. */
public final class Platforms {
    private Platforms() {}

    public static PlatformSpec rpm() {
        return rpm(Map.of());
    }

    /** The rpm platform with other limits. */
    public static PlatformSpec rpm(Map<String, Object> limits) {
        return PlatformSpec.of("demo9", "rpm", "9", rpmData(limits));
    }

    public static Map<String, Object> rpmData(Map<String, Object> limits) {
        Map<String, Object> macros = new HashMap<>();
        macros.put("dist", ".demo9");
        macros.put("vendor", "Demo Linux");
        macros.put("_enable_debug_packages", "1");
        macros.put("_binary_payload", "w3.zstdio");
        macros.put("source_date_epoch_from_changelog", "1");
        macros.put("use_source_date_epoch_as_buildtime", "1");
        macros.put("clamp_mtime_to_source_date_epoch", "1");
        macros.put("_buildhost", "reproducible");
        macros.put("optflags", "-O2 -g -Wall -fstack-protector-strong");
        macros.put("build_ldflags", "-Wl,-z,relro");
        macros.put("install", "%{?_enable_debug_packages:%{?buildsubdir:%{debug_package}}}\n%%install\n%{nil}");
        return Map.of(
                "root", Map.of("type", "mmdebstrap", "suite", "bookworm"),
                "macros", macros,
                "timeout", limits.getOrDefault("timeout", 300),
                "limits", without(limits, "timeout"));
    }

    public static PlatformSpec deb() {
        return deb(Map.of());
    }

    /** The deb platform with other limits. */
    public static PlatformSpec deb(Map<String, Object> limits) {
        return PlatformSpec.of(
                "bookworm",
                "deb",
                "12",
                Map.of(
                        "root", Map.of("type", "mmdebstrap", "suite", "bookworm", "variant", "buildd"),
                        "changelog_suffix", "+deb12u1",
                        "timeout", limits.getOrDefault("timeout", 300),
                        "limits", without(limits, "timeout")));
    }

    private static Map<String, Object> without(Map<String, Object> map, String key) {
        Map<String, Object> rest = new HashMap<>(map);
        rest.remove(key);
        return rest;
    }
}
