package dev.slipway.worker.rpm;

import dev.slipway.worker.dnf.Dnf;
import dev.slipway.worker.jobs.ArtifactFile;
import dev.slipway.worker.jobs.BuildJob;
import dev.slipway.worker.jobs.BuildResult;
import dev.slipway.worker.jobs.Diagnosis;
import dev.slipway.worker.jobs.Diagnosis.Code;
import dev.slipway.worker.jobs.DnfRepositories;
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
import dev.slipway.worker.tools.Captured;
import dev.slipway.worker.tools.Exit;
import dev.slipway.worker.tools.LogSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds RPMs from a source RPM: build dependencies by dnf with network, then rpmbuild without network, as an unprivileged
 * user.
 */
public final class RpmBuilder {
    /** rpmbuild's way to say that %generate_buildrequires wants more packages. */
    private static final int MORE_BUILD_REQUIRES = 11;

    private static final int MOST_ROUNDS = 10;

    private final Workbench bench;

    public RpmBuilder(Workbench bench) {
        this.bench = bench;
    }

    /**
     * Runs the job.
     *
     * @throws JobFailure when there are no packages to be had
     */
    public BuildResult build(BuildJob job, LogSink log, Cancellation cancellation) {
        if (job.sources().size() != 1) {
            throw JobFailure.error(Code.INVALID_JOB, "an rpm build starts from one source package");
        }
        PlatformSpec platform = job.platform();
        LogDiagnosis diagnosis = new LogDiagnosis(log);
        try (Workbench.Place place =
                bench.open(job.id(), platform, Purpose.BUILD, job.arch(), diagnosis, cancellation)) {
            Sandbox sandbox = place.sandbox();
            Path source = job.sources().get(0);
            String name = String.valueOf(source.getFileName());
            sandbox.give(source);
            refuseExcluded(sandbox, name, job.arch());
            RpmMacros.install(sandbox, platform, job.arch());
            Dnf dnf = Dnf.configure(
                    sandbox,
                    DnfRepositories.of(job.repositories()),
                    platform.distributionVersion(),
                    Architectures.rpm(job.arch()));
            installDependencies(sandbox, dnf, name, diagnosis);
            List<String> packages = RootPackages.of(sandbox, place.root(), true);
            rebuild(sandbox, dnf, job, name, diagnosis);
            SandboxFiles.copyOut(sandbox, "RPMS", 2, "*.rpm");
            List<ArtifactFile> taken = Outputs.take(sandbox.out(), job.output());
            if (taken.isEmpty()) {
                throw JobFailure.failed(Code.SOURCE_INVALID, name + " has no binary packages");
            }
            return new BuildResult(Outcome.SUCCEEDED, null, null, taken, null, packages);
        }
    }

    private static void refuseExcluded(Sandbox sandbox, String name, String arch) {
        Captured query = sandbox.capture(Phase.tools(List.of(
                        "rpm",
                        "-qp",
                        "--nosignature",
                        "--qf",
                        "[only %{EXCLUSIVEARCH}\\n][not %{EXCLUDEARCH}\\n]",
                        "/slipway/in/" + name))
                .as(Phase.User.BUILD));
        if (!query.exit().ok()) {
            throw JobFailure.failed(Code.SOURCE_INVALID, name + " is not a source package");
        }
        List<String> only = new ArrayList<>();
        List<String> not = new ArrayList<>();
        for (String line : query.lines()) {
            if (line.startsWith("only ")) {
                only.add(line.substring("only ".length()));
            } else if (line.startsWith("not ")) {
                not.add(line.substring("not ".length()));
            }
        }
        String own = Architectures.rpm(arch);
        if (not.contains(own)) {
            throw JobFailure.excluded("ExcludeArch of " + name + " names " + own);
        }
        boolean listed = only.isEmpty()
                || only.contains(own)
                || only.contains("noarch")
                || (own.equals("i686") && only.contains("i386"));
        if (!listed) {
            throw JobFailure.excluded("ExclusiveArch of " + name + " does not name " + own);
        }
    }

    private static void installDependencies(Sandbox sandbox, Dnf dnf, String name, LogDiagnosis diagnosis) {
        sandbox.log().line("Installing the build dependencies of " + name);
        if (!sandbox.run(dnf.command(List.of("builddep", "/slipway/in/" + name)))
                .ok()) {
            Diagnosis why = diagnosis.foundOr(Code.REPO, "dnf could not install the build dependencies: see the log");
            throw why.code() == Code.UNMET_DEPENDENCY
                    ? JobFailure.failed(why.code(), why.message())
                    : JobFailure.error(why.code(), why.message());
        }
    }

    private static void rebuild(Sandbox sandbox, Dnf dnf, BuildJob job, String name, LogDiagnosis diagnosis) {
        String arch = Architectures.rpm(job.arch());
        List<String> line = new ArrayList<>(
                List.of("rpmbuild", "--rebuild", "--target", arch, "--define", "_topdir " + Sandbox.HOME));
        line.addAll(RpmOptions.arguments(job.options()));
        line.add("/slipway/in/" + name);
        Phase phase = Phase.build(line).withNetwork(job.platform().network());
        for (int round = 1; ; round++) {
            sandbox.log().line("Building " + name + " for " + arch);
            Exit exit = sandbox.run(phase);
            if (exit.ok()) {
                return;
            }
            if (exit.code() != MORE_BUILD_REQUIRES || round == MOST_ROUNDS) {
                fail(sandbox, diagnosis);
            }
            installMore(sandbox, dnf, round, diagnosis);
        }
    }

    /** Installs what %generate_buildrequires asked for. */
    private static void installMore(Sandbox sandbox, Dnf dnf, int round, LogDiagnosis diagnosis) {
        SandboxFiles.copyOut(sandbox, "SRPMS", 1, "*.buildreqs.nosrc.rpm");
        String wanted = "round-" + round + ".buildreqs.nosrc.rpm";
        try (DirectoryStream<Path> made = Files.newDirectoryStream(sandbox.out())) {
            boolean found = false;
            for (Path file : made) {
                Files.move(file, sandbox.in().resolve(wanted));
                found = true;
            }
            if (!found) {
                fail(sandbox, diagnosis);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read what else the build requires", e);
        }
        installDependencies(sandbox, dnf, wanted, diagnosis);
    }

    private static void fail(Sandbox sandbox, LogDiagnosis diagnosis) {
        Diagnosis why = diagnosis.foundOr(Code.SPEC_SECTION, "rpmbuild failed: see the log");
        if (why.code() == Code.ARCH_EXCLUDED) {
            throw JobFailure.excluded(why.message());
        }
        if (sandbox.ranOutOfProcesses()) {
            throw JobFailure.failed(Code.TOO_MANY_PROCESSES, "the build started more processes than it may");
        }
        throw JobFailure.failed(why.code(), why.message());
    }
}
