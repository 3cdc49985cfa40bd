package dev.slipway.worker.jobs;

import dev.slipway.worker.roots.Recipe;
import dev.slipway.worker.roots.RecipeParser;
import dev.slipway.worker.roots.Settings;
import dev.slipway.worker.sandbox.Limits;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A platform as far as the engine uses it.
 *
 * @param name in messages
 * @param distributionVersion value of {@code $releasever} for dnf
 * @param root for building
 * @param testRoot for testing; a minimal one
 * @param macros rpm: macros by name (with parameters, as {@code name(opts)}) without the percent sign, given to every
 *     build; multi-line bodies are allowed
 * @param definitions rpm: macros that a build's own definitions may replace; deb: build variables
 * @param changelogSuffix deb: appended to the version of every source, such as {@code +deb12u1}; may be empty
 * @param network whether builds may reach the network, which makes them irreproducible
 */
public record PlatformSpec(
        String name,
        PackageFormat format,
        String distributionVersion,
        Recipe root,
        Recipe testRoot,
        Map<String, String> macros,
        Map<String, String> definitions,
        Limits limits,
        String changelogSuffix,
        boolean network) {
    private static final Pattern MACRO = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{1,79}(\\([A-Za-z:-]*\\))?");
    private static final Pattern DEFINITION = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,79}");
    private static final Pattern SUFFIX = Pattern.compile("[+~][A-Za-z0-9.+~]{1,40}");

    public PlatformSpec {
        macros = Collections.unmodifiableMap(new LinkedHashMap<>(macros));
        definitions = Collections.unmodifiableMap(new LinkedHashMap<>(definitions));
    }

    /**
     * Reads what the companion keeps in {@code platform.data}; members that are not the engine's are left alone.
     *
     * @param type {@code rpm} or {@code deb}
     * @throws IllegalArgumentException naming the platform and the member that is wrong
     */
    public static PlatformSpec of(String name, String type, String distributionVersion, Map<String, Object> data) {
        try {
            Settings settings = new Settings("", data);
            PackageFormat format = PackageFormat.of(type);
            Recipe root = RecipeParser.parse(settings.object("root"));
            Recipe testRoot =
                    settings.has("test_root") ? RecipeParser.parse(settings.object("test_root")) : minimal(root);
            String suffix = settings.has("changelog_suffix") ? settings.text("changelog_suffix", SUFFIX) : "";
            return new PlatformSpec(
                    name,
                    format,
                    distributionVersion,
                    root,
                    testRoot,
                    settings.object("macros").texts(MACRO),
                    settings.object("definitions").texts(DEFINITION),
                    limits(settings),
                    suffix,
                    settings.flag("networks"));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("platform " + name + ": " + e.getMessage(), e);
        }
    }

    /** The same platform with a time limit of its own for one job. */
    public PlatformSpec within(Duration time) {
        return new PlatformSpec(
                name,
                format,
                distributionVersion,
                root,
                testRoot,
                macros,
                definitions,
                limits.withTime(time),
                changelogSuffix,
                network);
    }

    private static Limits limits(Settings settings) {
        Settings limits = settings.object("limits");
        Limits usual = Limits.DEFAULT;
        return new Limits(
                Duration.ofSeconds(settings.number("timeout", (int) usual.time().toSeconds(), 1)),
                limits.number("memory_mb", usual.memoryMb(), 32),
                limits.number("disk_mb", usual.diskMb(), 16),
                limits.number("processes", usual.processes(), 16),
                limits.number("log_mb", usual.logMb(), 1));
    }

    private static Recipe minimal(Recipe root) {
        if (root instanceof Recipe.Mmdebstrap debian) {
            return new Recipe.Mmdebstrap(
                    debian.suite(), "minbase", List.of(), debian.components(), debian.mirror(), debian.architecture());
        }
        if (root instanceof Recipe.Dnf dnf) {
            return new Recipe.Dnf(List.of("bash", "coreutils", "rpm"), dnf.repositories(), dnf.releasever());
        }
        return root;
    }
}
