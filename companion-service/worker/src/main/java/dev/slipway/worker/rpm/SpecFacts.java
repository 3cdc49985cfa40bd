package dev.slipway.worker.rpm;

import dev.slipway.worker.jobs.Diagnosis.Code;
import dev.slipway.worker.jobs.JobFailure;
import dev.slipway.worker.results.LogDiagnosis;
import dev.slipway.worker.sandbox.Phase;
import dev.slipway.worker.sandbox.Sandbox;
import dev.slipway.worker.tools.Captured;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a spec says about its source package. Specs run programs while they are read, so they are read in the sandbox.
 *
 * @param files base names of sources and patches
 * @param directory that %prep expects the sources to unpack to
 */
record SpecFacts(String name, String version, List<String> files, String directory) {
    private static final String QUERY = "name %{NAME}\\nversion %{VERSION}\\n[file %{SOURCE}\\n][file %{PATCH}\\n]";
    /** In an expanded spec %setup has become shell commands, of which this one enters the unpacked source. */
    private static final Pattern ENTERED = Pattern.compile("^cd '?([A-Za-z0-9][^/' ]*)'?$", Pattern.MULTILINE);

    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+~^-]{0,199}");

    /**
     * @param spec where it is in the sandbox
     * @param options definitions and conditions
     * @throws JobFailure in one line, when the spec can't be read
     */
    static SpecFacts read(Sandbox sandbox, String spec, List<String> options) {
        List<String> query = new ArrayList<>(List.of("rpmspec", "-q", "--srpm", "--qf", QUERY));
        query.addAll(options);
        query.add(spec);
        List<String> parse = new ArrayList<>(List.of("rpmspec", "-P"));
        parse.addAll(options);
        parse.add(spec);
        String facts = run(sandbox, query, spec);
        String expanded = run(sandbox, parse, spec);
        String name = value(facts, "name ", spec);
        String version = value(facts, "version ", spec);
        Matcher entered = ENTERED.matcher(expanded);
        String directory = entered.find() ? entered.group(1) : name + "-" + version;
        if (!WORD.matcher(name).matches()
                || !WORD.matcher(version).matches()
                || !WORD.matcher(directory).matches()) {
            throw JobFailure.failed(
                    Code.SOURCE_INVALID, base(spec) + ": odd name, version or directory: " + name + " " + version);
        }
        List<String> files = facts.lines()
                .filter(line -> line.startsWith("file "))
                .map(line -> base(line.substring("file ".length())))
                .distinct()
                .toList();
        return new SpecFacts(name, version, files, directory);
    }

    static String base(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static String run(Sandbox sandbox, List<String> line, String spec) {
        LogDiagnosis diagnosis = new LogDiagnosis(sandbox.log());
        Captured captured = sandbox.capture(Phase.build(line), diagnosis);
        if (!captured.exit().ok()) {
            String why = diagnosis.foundOr(Code.SOURCE_INVALID, "see the log").message();
            throw JobFailure.failed(Code.SOURCE_INVALID, base(spec) + " can't be read: " + why);
        }
        return captured.output();
    }

    private static String value(String facts, String key, String spec) {
        return facts.lines()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(key.length()).trim())
                .findFirst()
                .orElseThrow(() -> JobFailure.failed(Code.SOURCE_INVALID, base(spec) + " names no " + key.trim()));
    }
}
