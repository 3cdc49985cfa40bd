package dev.slipway.worker.rpm;

import dev.slipway.api.builds.BuildOptions;
import dev.slipway.worker.jobs.Diagnosis.Code;
import dev.slipway.worker.jobs.JobFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A build's own options as arguments of rpmbuild and rpmspec. */
final class RpmOptions {
    private static final Pattern MACRO = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{2,79}");
    private static final Pattern CONDITION = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_+.-]{0,79}");

    private RpmOptions() {}

    /** @throws JobFailure naming an option that is none */
    static List<String> arguments(BuildOptions options) {
        List<String> arguments = new ArrayList<>();
        options.definitions().forEach((name, value) -> {
            if (!MACRO.matcher(name).matches() || value.indexOf('\0') >= 0) {
                throw JobFailure.failed(Code.INVALID_JOB, "\"" + name + "\" can't be defined: it is no macro's name");
            }
            arguments.add("--define");
            arguments.add(name + " " + (value.isEmpty() ? "%{nil}" : value));
        });
        conditions(arguments, "--with", options.with());
        conditions(arguments, "--without", options.without());
        return arguments;
    }

    private static void conditions(List<String> arguments, String option, List<String> names) {
        for (String name : names) {
            if (!CONDITION.matcher(name).matches()) {
                throw JobFailure.failed(
                        Code.INVALID_JOB, "\"" + name + "\" is not the name of a condition (" + option + ")");
            }
            arguments.add(option);
            arguments.add(name);
        }
    }
}
