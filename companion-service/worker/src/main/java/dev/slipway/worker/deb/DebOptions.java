package dev.slipway.worker.deb;

import dev.slipway.api.builds.BuildOptions;
import dev.slipway.worker.jobs.BuildJob;
import dev.slipway.worker.jobs.Diagnosis.Code;
import dev.slipway.worker.jobs.JobFailure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A build's own options: definitions are variables of the build's environment, such as {@code DEB_BUILD_OPTIONS}; conditions
 * are build profiles.
 *
 * @param profiles such as {@code nocheck}
 */
record DebOptions(List<String> profiles, Map<String, String> environment) {
    private static final Pattern VARIABLE = Pattern.compile("[A-Z][A-Z0-9_]{1,79}");
    private static final Pattern PROFILE = Pattern.compile("[a-z0-9][a-z0-9.+-]{0,79}");

    /** @throws JobFailure naming an option that is none */
    static DebOptions of(BuildJob job) {
        BuildOptions options = job.options();
        if (!options.without().isEmpty()) {
            throw JobFailure.failed(
                    Code.INVALID_JOB,
                    "deb builds have no conditions to switch off (" + String.join(", ", options.without())
                            + "): name a build profile instead, such as nodoc");
        }
        options.with().forEach(profile -> check(PROFILE, profile, "the name of a build profile"));
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("DEB_BUILD_OPTIONS", "parallel=" + Runtime.getRuntime().availableProcessors());
        environment.putAll(job.platform().definitions());
        environment.putAll(options.definitions());
        environment.forEach((name, value) -> {
            check(VARIABLE, name, "a build variable");
            if (name.equals("PATH") || name.equals("HOME") || name.startsWith("LD_") || value.indexOf('\0') >= 0) {
                throw JobFailure.failed(Code.INVALID_JOB, name + " can't be set for a build");
            }
        });
        return new DebOptions(options.with(), environment);
    }

    List<String> buildDep() {
        return profiles.isEmpty() ? List.of() : List.of("--build-profiles", String.join(",", profiles));
    }

    List<String> buildPackage() {
        return profiles.isEmpty() ? List.of() : List.of("--build-profiles=" + String.join(",", profiles));
    }

    private static void check(Pattern form, String text, String what) {
        if (!form.matcher(text).matches()) {
            throw JobFailure.failed(Code.INVALID_JOB, "\"" + text + "\" is not " + what);
        }
    }
}
