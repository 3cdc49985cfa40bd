package dev.slipway.worker.deb;

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
import dev.slipway.worker.tools.Cancellation;
import dev.slipway.worker.tools.LogSink;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes a platform's Debian source package from a Git repository with a {@code debian} folder. The upstream archive comes from
 * the tag {@code upstream/VERSION} where there is one, else from the commit without that folder.
 */
public final class DebSourceBuilder {
    private final Workbench bench;
    private final Path script;

    public DebSourceBuilder(Workbench bench) {
        this.bench = bench;
        this.script = bench.scripts().file(DebSourceBuilder.class, "source.sh");
    }

    /**
     * Runs the job.
     *
     * @throws JobFailure when there is no source package to be had
     */
    public BuildResult build(SourceJob job, LogSink log, Cancellation cancellation) {
        if (job.source().refType() == RefType.SRPM_URL) {
            throw JobFailure.failed(
                    Code.SOURCE_INVALID,
                    "a source RPM can't be built for the deb platform "
                            + job.platform().name());
        }
        PlatformSpec platform = job.platform();
        LogDiagnosis diagnosis = new LogDiagnosis(log);
        try (Workbench.Place place =
                bench.open(job.id(), platform, Purpose.BUILD, Architectures.host(), diagnosis, cancellation)) {
            Sandbox sandbox = place.sandbox();
            GitSource source = GitSource.fetch(
                    bench.tools(),
                    job.source(),
                    sandbox.scratch(),
                    bench.localSources(),
                    bench.maxSourceBytes(),
                    place.supervision());
            Changelog changelog = prepare(sandbox, source, platform);
            List<String> packages = RootPackages.of(sandbox, place.root(), false);
            List<ArtifactFile> files = pack(sandbox, source, changelog, job, diagnosis);
            return new BuildResult(Outcome.SUCCEEDED, null, null, files, source.commit(), packages);
        }
    }

    private static Changelog prepare(Sandbox sandbox, GitSource source, PlatformSpec platform) {
        Set<String> files = source.files();
        for (String needed : List.of("debian/changelog", "debian/control", "debian/rules")) {
            if (!files.contains(needed)) {
                throw JobFailure.failed(
                        Code.SOURCE_INVALID,
                        "the source has no " + needed + ", which the deb platform " + platform.name() + " needs");
            }
        }
        source.archive(sandbox.in().resolve("repository.tar"), "tar", "", List.of());
        return Changelog.read(source.text("debian/changelog"));
    }

    private List<ArtifactFile> pack(
            Sandbox sandbox, GitSource source, Changelog changelog, SourceJob job, LogDiagnosis diagnosis) {
        String upstream = isNative(source, changelog) ? "" : changelog.upstream();
        if (!upstream.isEmpty()) {
            // git-buildpackage's name for the tag of an upstream version.
            String tag = "upstream/" + upstream.replace('~', '_').replace(':', '%');
            Path archive = sandbox.in().resolve(changelog.name() + "_" + upstream + ".orig.tar.gz");
            source.archiveTag(
                    tag, archive, "tar.gz", changelog.name() + "-" + upstream + "/", List.of(".", ":(exclude)debian"));
        }
        Phase phase = Phase.build(List.of(
                        "sh",
                        "/slipway/source.sh",
                        changelog.name(),
                        upstream,
                        job.platform().changelogSuffix(),
                        Long.toString(changelog.upstreamSince())))
                .binding(Map.of("slipway/source.sh", script));
        if (!sandbox.run(phase).ok()) {
            Diagnosis why = diagnosis.foundOr(Code.SOURCE_INVALID, "dpkg-buildpackage -S failed: see the log");
            throw JobFailure.failed(why.code(), changelog.name() + ": " + why.message());
        }
        SandboxFiles.copyOut(sandbox, "work", 1, changelog.name() + "_*");
        return Outputs.take(sandbox.out(), job.output());
    }

    private static boolean isNative(GitSource source, Changelog changelog) {
        String format = source.files().contains("debian/source/format")
                ? source.text("debian/source/format").trim()
                : "1.0";
        if (format.equals("3.0 (native)")) {
            return true;
        }
        if (format.equals("1.0") && !changelog.hasRevision()) {
            return true;
        }
        if (!changelog.hasRevision()) {
            throw JobFailure.failed(
                    Code.SOURCE_INVALID,
                    "the version " + changelog.version()
                            + " in debian/changelog has no Debian revision, which the format " + format
                            + " in debian/source/format needs");
        }
        return false;
    }
}
