package dev.slipway.worker.deb;

import dev.slipway.worker.apt.Apt;
import dev.slipway.worker.jobs.ArtifactFile;
import dev.slipway.worker.jobs.BuildJob;
import dev.slipway.worker.jobs.BuildResult;
import dev.slipway.worker.jobs.Diagnosis;
import dev.slipway.worker.jobs.Diagnosis.Code;
import dev.slipway.worker.jobs.JobFailure;
import dev.slipway.worker.jobs.Outcome;
import dev.slipway.worker.jobs.PlatformSpec;
import dev.slipway.worker.jobs.Workbench;
import dev.slipway.worker.results.LogDiagnosis;
import dev.slipway.worker.results.Outputs;
import dev.slipway.worker.results.RootPackages;
import dev.slipway.worker.results.SandboxFiles;
import dev.slipway.worker.roots.Architectures;
import dev.slipway.worker.roots.RootRequest.Purpose;
import dev.slipway.worker.sandbox.Phase;
import dev.slipway.worker.sandbox.Sandbox;
import dev.slipway.worker.tools.Cancellation;
import dev.slipway.worker.tools.LogSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Builds Debian packages from a source package: build dependencies by the root's apt with network, then dpkg-buildpackage
 * without network, as an unprivileged user.
 */
public final class DebBuilder {
    private final Workbench bench;
    private final Path script;

    public DebBuilder(Workbench bench) {
        this.bench = bench;
        this.script = bench.scripts().file(DebBuilder.class, "build.sh");
    }

    /**
     * Runs the job.
     *
     * @throws JobFailure when there are no packages to be had
     */
    public BuildResult build(BuildJob job, LogSink log, Cancellation cancellation) {
        PlatformSpec platform = job.platform();
        DebOptions options = DebOptions.of(job);
        List<Path> descriptions = job.sources().stream()
                .filter(file -> file.toString().endsWith(".dsc"))
                .toList();
        if (descriptions.size() != 1) {
            throw JobFailure.error(Code.INVALID_JOB, "a deb build starts from one .dsc and the files it names");
        }
        String dsc = String.valueOf(descriptions.get(0).getFileName());
        refuseExcluded(descriptions.get(0), dsc, job);
        LogDiagnosis diagnosis = new LogDiagnosis(log);
        try (Workbench.Place place =
                bench.open(job.id(), platform, Purpose.BUILD, job.arch(), diagnosis, cancellation)) {
            Sandbox sandbox = place.sandbox();
            job.sources().forEach(sandbox::give);
            installDependencies(sandbox, job, options, dsc, diagnosis);
            List<String> packages = RootPackages.of(sandbox, place.root(), false);
            run(sandbox, job, options, dsc, diagnosis);
            for (String glob : List.of("*.deb", "*.udeb", "*.ddeb", "*.changes", "*.buildinfo")) {
                SandboxFiles.copyOut(sandbox, "work", 1, glob);
            }
            List<ArtifactFile> files = Outputs.take(sandbox.out(), job.output());
            if (files.stream().noneMatch(file -> file.type() == ArtifactFile.Type.DEB)) {
                throw JobFailure.failed(Code.SOURCE_INVALID, dsc + " has no binary packages");
            }
            return new BuildResult(Outcome.SUCCEEDED, null, null, files, null, packages);
        }
    }

    private void installDependencies(
            Sandbox sandbox, BuildJob job, DebOptions options, String dsc, LogDiagnosis diagnosis) {
        sandbox.log().line("Installing the build dependencies of " + dsc);
        Apt apt = Apt.configure(sandbox, bench.scripts(), job.repositories());
        List<String> line = new ArrayList<>();
        line.add("build-dep");
        if (!job.withArchAll()) {
            line.add("--arch-only");
        }
        line.addAll(options.buildDep());
        line.add("/slipway/in/" + dsc);
        if (!apt.run(line).ok()) {
            Diagnosis why =
                    diagnosis.foundOr(Code.REPO, "apt-get could not install the build dependencies: see the log");
            throw why.code() == Code.UNMET_DEPENDENCY
                    ? JobFailure.failed(why.code(), why.message())
                    : JobFailure.error(why.code(), why.message());
        }
    }

    private void run(Sandbox sandbox, BuildJob job, DebOptions options, String dsc, LogDiagnosis diagnosis) {
        sandbox.log().line("Building " + dsc + " for " + job.arch());
        List<String> line = new ArrayList<>(List.of("sh", "/slipway/build.sh", dsc));
        line.add(job.withArchAll() ? "-b" : "-B");
        line.addAll(options.buildPackage());
        Phase phase = Phase.build(line)
                .with(options.environment())
                .withNetwork(job.platform().network())
                .binding(Map.of("slipway/build.sh", script));
        if (sandbox.run(phase).ok()) {
            return;
        }
        if (sandbox.ranOutOfProcesses()) {
            throw JobFailure.failed(Code.TOO_MANY_PROCESSES, "the build started more processes than it may");
        }
        Diagnosis why = diagnosis.foundOr(Code.SPEC_SECTION, "dpkg-buildpackage failed: see the log");
        throw JobFailure.failed(why.code(), why.message());
    }

    /** A source whose packages are all for other architectures is none of this task's. */
    private static void refuseExcluded(Path file, String dsc, BuildJob job) {
        List<String> arches;
        try {
            arches = Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith("Architecture:"))
                    .flatMap(line -> List.of(
                            line.substring("Architecture:".length()).trim().split("\\s+"))
                            .stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + dsc, e);
        }
        String own = Architectures.debian(job.arch());
        boolean wanted = arches.stream()
                .anyMatch(arch -> arch.equals(own)
                        || arch.equals("any")
                        || arch.equals("linux-any")
                        || arch.equals("any-" + own)
                        || arch.equals("linux-" + own)
                        || (arch.equals("all") && job.withArchAll()));
        if (!arches.isEmpty() && !wanted) {
            throw JobFailure.excluded(
                    arches.equals(List.of("all"))
                            ? dsc + " has packages for all architectures alone, which another task builds"
                            : dsc + " has no package for " + own);
        }
    }
}
