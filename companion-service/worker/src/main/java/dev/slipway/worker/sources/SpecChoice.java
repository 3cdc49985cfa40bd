package dev.slipway.worker.sources;

import dev.slipway.worker.jobs.Diagnosis.Code;
import dev.slipway.worker.jobs.JobFailure;
import java.util.Collection;
import java.util.List;

/** Chooses the spec file of a source. */
public final class SpecChoice {
    private SpecChoice() {}

    /**
     * The spec named as the project, at the top level or in {@code SPECS} or {@code rpm}; else the only one in those places,
     * the top level first.
     *
     * @param project the repository's name
     * @throws JobFailure when there is none, or several of which none is named as the project
     */
    public static String choose(Collection<String> files, String project) {
        for (String folder : List.of("", "SPECS/", "rpm/")) {
            String named = folder + project + ".spec";
            if (files.contains(named)) {
                return named;
            }
            List<String> specs = files.stream()
                    .filter(file ->
                            file.startsWith(folder) && file.endsWith(".spec") && file.indexOf('/', folder.length()) < 0)
                    .sorted()
                    .toList();
            if (specs.size() == 1) {
                return specs.get(0);
            }
            if (specs.size() > 1) {
                throw JobFailure.failed(
                        Code.SOURCE_INVALID,
                        "the source has several spec files and none is " + named + ": " + String.join(", ", specs));
            }
        }
        throw JobFailure.failed(
                Code.SOURCE_INVALID, "the source has no spec file at its top level, in SPECS or in rpm");
    }
}
