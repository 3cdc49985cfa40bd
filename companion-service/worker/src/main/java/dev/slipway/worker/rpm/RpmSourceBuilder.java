package dev.slipway.worker.rpm;

import dev.slipway.api.builds.RefType;
import dev.slipway.worker.jobs.ArtifactFile;
import dev.slipway.worker.jobs.BuildResult;
import dev.slipway.worker.jobs.Diagnosis;
import dev.slipway.worker.jobs.Diagnosis.Code;
import dev.slipway.worker.jobs.JobFailure;
import dev.slipway.worker.jobs.Outcome;
import dev.slipway.worker.jobs.PlatformSpec;
import dev.slipway.worker.jobs.SourceJob;
import dev.slipway.worker.jobs.Workbench;
import dev.slipway.worker.results.LogDiagnosis;
import dev.slipway.worker.results.Outputs;
import dev.slipway.worker.results.RootPackages;
import dev.slipway.worker.results.SandboxFiles;
import dev.slipway.worker.roots.Architectures;
import dev.slipway.worker.roots.RootRequest.Purpose;
import dev.slipway.worker.sandbox.Phase;
import dev.slipway.worker.sandbox.Sandbox;
import dev.slipway.worker.sources.GitSource;
import dev.slipway.worker.sources.SourcePackage;
import dev.slipway.worker.sources.SpecChoice;
import dev.slipway.worker.tools.Cancellation;
import dev.slipway.worker.tools.Captured;
import dev.slipway.worker.tools.LogSink;
import dev.slipway.worker.tools.Supervision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes a platform's source RPM: from a Git repository that holds a spec, or from a source RPM made elsewhere. Every platform
 * gets one of its own, since the release in its name holds the platform's dist tag.
 */
public final class RpmSourceBuilder {
    private static final Pattern ARCHIVE = Pattern.compile(".+\\.(tar|tar\\.gz|tgz|tar\\.xz|tar\\.bz2|tar\\.zst|zip)");
    private static final String REPOSITORY = Sandbox.HOME + "/repository";

    private final Workbench bench;

    public RpmSourceBuilder(Workbench bench) {
        this.bench = bench;
    }

    /**
     * Runs the job.
     *
     * @throws JobFailure when there is no source package to be had
     */
    public BuildResult build(SourceJob job, LogSink log, Cancellation cancellation) {
        PlatformSpec platform = job.platform();
        LogDiagnosis diagnosis = new LogDiagnosis(log);
        List<String> options = RpmOptions.arguments(job.options());
        String arch = Architectures.host();
        try (Workbench.Place place = bench.open(job.id(), platform, Purpose.BUILD, arch, diagnosis, cancellation)) {
            Sandbox sandbox = place.sandbox();
            RpmMacros.install(sandbox, platform, arch);
            @Nullable String commit = null;
            String spec;
            if (job.source().refType() == RefType.SRPM_URL) {
                spec = unpack(sandbox, job, place.supervision());
            } else {
                GitSource source = GitSource.fetch(
                        bench.tools(),
                        job.source(),
                        sandbox.scratch(),
                        bench.localSources(),
                        bench.maxSourceBytes(),
                        place.supervision());
                commit = source.commit();
                spec = assemble(sandbox, source, options);
            }
            makeSourcePackage(sandbox, spec, options, diagnosis);
            List<String> packages = RootPackages.of(sandbox, place.root(), true);
            return new BuildResult(Outcome.SUCCEEDED, null, null, collect(sandbox, job.output()), commit, packages);
        }
    }

    /** Puts the repository's files and the archives made from it where the spec looks for its sources. */
    private static String assemble(Sandbox sandbox, GitSource source, List<String> options) {
        Set<String> files = source.files();
        String chosen = SpecChoice.choose(files, source.name());
        source.archive(sandbox.in().resolve("repository.tar"), "tar", "", List.of());
        String folder = chosen.substring(0, chosen.lastIndexOf('/') + 1);
        command(
                sandbox,
                "mkdir -p repository SOURCES SPECS && tar -x -f /slipway/in/repository.tar -C repository"
                        + " && cp -- \"repository/$1\" SPECS/",
                chosen);
        String spec = Sandbox.HOME + "/SPECS/" + SpecFacts.base(chosen);
        List<String> reading = new ArrayList<>(options);
        reading.addAll(List.of("--define", "_sourcedir " + REPOSITORY + "/" + folder));
        SpecFacts facts = SpecFacts.read(sandbox, spec, reading);
        boolean archived = false;
        for (String file : facts.files()) {
            String found = find(files, folder, file);
            if (found != null) {
                command(sandbox, "cp -- \"repository/$1\" SOURCES/", found);
                continue;
            }
            Matcher archive = ARCHIVE.matcher(file);
            if (archived || !archive.matches()) {
                throw JobFailure.failed(
                        Code.MISSING_FILE,
                        SpecFacts.base(chosen) + " names the source " + file + ", which the repository does not have");
            }
            String format = archive.group(1).equals("tgz") ? "tar.gz" : archive.group(1);
            source.archive(sandbox.in().resolve(file), format, facts.directory() + "/", List.of());
            command(sandbox, "cp -- \"/slipway/in/$1\" SOURCES/", file);
            archived = true;
        }
        return spec;
    }

    private static @Nullable String find(Set<String> files, String folder, String name) {
        for (String place : List.of(folder, folder + "SOURCES/", "SOURCES/", "")) {
            if (files.contains(place + name)) {
                return place + name;
            }
        }
        return null;
    }

    private String unpack(Sandbox sandbox, SourceJob job, Supervision supervision) {
        Path file = SourcePackage.fetch(
                job.source().url(), sandbox.in(), bench.localSources(), bench.maxSourceBytes(), supervision);
        Captured installed = sandbox.capture(Phase.build(List.of(
                "sh",
                "-c",
                "rpm -i --define \"_topdir $HOME\" --nosignature \"/slipway/in/$1\" >&2 && ls SPECS",
                "sh",
                SpecFacts.base(file.toString()))));
        List<String> specs = installed.lines();
        if (!installed.exit().ok() || specs.size() != 1) {
            throw JobFailure.failed(Code.SOURCE_INVALID, job.source().url() + " is not a source package");
        }
        return Sandbox.HOME + "/SPECS/" + specs.get(0);
    }

    private static void makeSourcePackage(Sandbox sandbox, String spec, List<String> options, LogDiagnosis diagnosis) {
        List<String> line = new ArrayList<>(List.of("rpmbuild", "-bs", "--define", "_topdir " + Sandbox.HOME));
        line.addAll(options);
        line.add(spec);
        if (!sandbox.run(Phase.build(line)).ok()) {
            Diagnosis why = diagnosis.foundOr(Code.SOURCE_INVALID, "rpmbuild -bs failed: see the log");
            throw JobFailure.failed(why.code(), SpecFacts.base(spec) + ": " + why.message());
        }
    }

    private static List<ArtifactFile> collect(Sandbox sandbox, Path output) {
        SandboxFiles.copyOut(sandbox, "SRPMS", 1, "*.src.rpm");
        List<ArtifactFile> taken = Outputs.take(sandbox.out(), output);
        if (taken.size() != 1) {
            throw JobFailure.failed(Code.SOURCE_INVALID, "the spec made " + taken.size() + " source packages, not one");
        }
        return taken;
    }

    private static void command(Sandbox sandbox, String script, String argument) {
        if (!sandbox.run(Phase.build(List.of("sh", "-c", script, "sh", argument)))
                .ok()) {
            throw JobFailure.failed(Code.SOURCE_INVALID, "cannot use " + argument + " of the source: see the log");
        }
    }
}
