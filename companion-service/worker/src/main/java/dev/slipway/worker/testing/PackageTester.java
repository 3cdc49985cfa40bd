package dev.slipway.worker.testing;

import dev.slipway.api.builds.TestScript;
import dev.slipway.worker.apt.Apt;
import dev.slipway.worker.dnf.Dnf;
import dev.slipway.worker.jobs.Diagnosis;
import dev.slipway.worker.jobs.Diagnosis.Code;
import dev.slipway.worker.jobs.DnfRepositories;
import dev.slipway.worker.jobs.JobFailure;
import dev.slipway.worker.jobs.Outcome;
import dev.slipway.worker.jobs.PackageFormat;
import dev.slipway.worker.jobs.PlatformSpec;
import dev.slipway.worker.jobs.TestJob;
import dev.slipway.worker.jobs.TestJob.TestedPackage;
import dev.slipway.worker.jobs.TestResult;
import dev.slipway.worker.jobs.Workbench;
import dev.slipway.worker.results.LogDiagnosis;
import dev.slipway.worker.results.RootPackages;
import dev.slipway.worker.roots.Architectures;
import dev.slipway.worker.roots.RootRequest.Purpose;
import dev.slipway.worker.sandbox.Phase;
import dev.slipway.worker.sandbox.Sandbox;
import dev.slipway.worker.sandbox.SandboxException;
import dev.slipway.worker.tools.Cancellation;
import dev.slipway.worker.tools.Captured;
import dev.slipway.worker.tools.Exit;
import dev.slipway.worker.tools.LogSink;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tests the packages of one build for one architecture, all together in one fresh minimal root. Cases: the installation, each
 * package's files, each package's libraries, each test of the sources and of the request, the removal.
 */
public final class PackageTester {
    private static final Pattern DEBUG = Pattern.compile(".*-(?:debuginfo|debugsource|dbgsym)");
    private static final Pattern SCRIPT_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final Duration LEAST_TIMEOUT = Duration.ofSeconds(60);

    private final Workbench bench;
    private final Path libraries;

    public PackageTester(Workbench bench) {
        this.bench = bench;
        this.libraries = bench.scripts().file(PackageTester.class, "libraries.sh");
    }

    /**
     * Runs the job.
     *
     * @throws JobFailure when nothing can be tested
     */
    public TestResult test(TestJob job, LogSink log, Cancellation cancellation) {
        List<TestedPackage> packages = job.packages().stream()
                .filter(tested -> !tested.arch().equals("src")
                        && !DEBUG.matcher(tested.name()).matches())
                .toList();
        if (packages.isEmpty()) {
            throw JobFailure.error(Code.INVALID_JOB, "there are no packages to test");
        }
        LogDiagnosis diagnosis = new LogDiagnosis(log);
        Cases cases = new Cases();
        try (Workbench.Place place =
                bench.open(job.id(), job.platform(), Purpose.TEST, job.arch(), diagnosis, cancellation)) {
            Sandbox sandbox = place.sandbox();
            InstalledSystem system = system(sandbox, job);
            @Nullable Diagnosis failure = install(system, packages, cases, diagnosis);
            boolean rpm = job.platform().format() == PackageFormat.RPM;
            List<String> installed = RootPackages.of(sandbox, place.root(), rpm);
            try {
                if (failure == null || failure.code() == Code.SCRIPTLET_FAILED) {
                    check(sandbox, system, packages, cases);
                    runTests(sandbox, system, job, cases);
                    remove(system, packages, cases, sandbox.log());
                }
            } catch (SandboxException e) {
                // What ran until a limit was reached is worth a report.
                failure = new Diagnosis(code(e), String.valueOf(e.getMessage()));
                cases.add("limits", "error", System.nanoTime(), failure.message() + "\n", null);
            }
            return result(cases, failure, installed);
        }
    }

    private InstalledSystem system(Sandbox sandbox, TestJob job) {
        PlatformSpec platform = job.platform();
        if (platform.format() == PackageFormat.DEB) {
            return new DebSystem(sandbox, Apt.configure(sandbox, bench.scripts(), job.repositories()));
        }
        return new RpmSystem(
                sandbox,
                Dnf.configure(
                        sandbox,
                        DnfRepositories.of(job.repositories()),
                        platform.distributionVersion(),
                        Architectures.rpm(job.arch())));
    }

    private static @Nullable Diagnosis install(
            InstalledSystem system, List<TestedPackage> packages, Cases cases, LogDiagnosis log) {
        log.line("Installing " + packages.size() + " packages");
        long start = System.nanoTime();
        Tail tail = new Tail(log);
        ScriptletWatch watch = new ScriptletWatch(tail);
        Exit exit = system.install(packages, watch);
        watch.end();
        if (!watch.failures().isEmpty()) {
            String first = watch.failures().get(0);
            cases.add("install", "failed", start, String.join("\n", watch.failures()) + "\n", null);
            return new Diagnosis(
                    exit.ok() ? Code.SCRIPTLET_FAILED : Code.INSTALL_FAILED, "a scriptlet failed: " + first);
        }
        if (exit.ok()) {
            cases.add("install", "passed", start, tail.text(), null);
            return null;
        }
        cases.add("install", "failed", start, tail.text(), null);
        Diagnosis why = log.foundOr(Code.INSTALL_FAILED, "the packages can't be installed together: see the log");
        return why.code() == Code.REPO ? why : new Diagnosis(Code.INSTALL_FAILED, message(why));
    }

    private static String message(Diagnosis why) {
        return why.message().replace("unmet build dependency", "unmet dependency");
    }

    private void check(Sandbox sandbox, InstalledSystem system, List<TestedPackage> packages, Cases cases) {
        for (TestedPackage tested : packages) {
            long start = System.nanoTime();
            List<String> problems = system.problems(tested);
            cases.add("files", problems.isEmpty() ? "passed" : "failed", start, lines(problems), tested.name());
            start = System.nanoTime();
            sandbox.give("paths", lines(system.files(tested)));
            Captured lacking = sandbox.capture(Phase.build(List.of("sh", "/slipway/libraries.sh"))
                    .binding(Map.of("slipway/libraries.sh", libraries)));
            boolean good = lacking.exit().ok() && lacking.output().isBlank();
            cases.add("libraries", good ? "passed" : "failed", start, lacking.output(), tested.name());
        }
    }

    private void runTests(Sandbox sandbox, InstalledSystem system, TestJob job, Cases cases) {
        Duration half = job.platform().limits().time().dividedBy(2);
        TestRunner runner =
                new TestRunner(sandbox, system, cases, half.compareTo(LEAST_TIMEOUT) < 0 ? LEAST_TIMEOUT : half);
        try {
            new SourceTests(sandbox, bench.scripts()).find(job).forEach(runner::run);
        } catch (SourceTests.UnpackException e) {
            cases.add("sources", "error", System.nanoTime(), e.getMessage() + "\n", null);
        }
        for (TestScript script : job.scripts()) {
            if (!SCRIPT_NAME.matcher(script.name()).matches()) {
                throw JobFailure.error(
                        Code.INVALID_JOB, "\"" + script.name() + "\" can't be the name of a test script");
            }
            String file = "script-" + script.name();
            String interpreter = script.content().startsWith("#!") ? "" : "#!/bin/sh\n";
            sandbox.give(file, interpreter + script.content());
            runner.run(SourceTest.plain(
                    script.name(),
                    List.of(
                            "sh",
                            "-c",
                            "cp \"$1\" ./run && chmod 755 ./run && exec ./run",
                            "sh",
                            "/slipway/in/" + file),
                    Sandbox.HOME));
        }
    }

    private static void remove(InstalledSystem system, List<TestedPackage> packages, Cases cases, LogSink log) {
        long start = System.nanoTime();
        log.line("Removing the packages");
        Tail tail = new Tail(log);
        ScriptletWatch watch = new ScriptletWatch(tail);
        Exit exit = system.remove(packages, watch);
        watch.end();
        boolean good = exit.ok() && watch.failures().isEmpty();
        cases.add("remove", good ? "passed" : "failed", start, good ? "" : tail.text(), null);
    }

    private static TestResult result(Cases cases, @Nullable Diagnosis failure, List<String> installed) {
        List<String> bad = cases.bad();
        if (failure != null && failure.code() == Code.REPO) {
            return new TestResult(Outcome.ERROR, failure.message(), failure, cases.all(), installed);
        }
        if (bad.isEmpty()) {
            return new TestResult(Outcome.SUCCEEDED, null, null, cases.all(), installed);
        }
        String message = failure != null
                ? failure.message()
                : bad.size() + " of " + cases.all().size() + " cases failed: "
                        + String.join(", ", bad.subList(0, Math.min(5, bad.size())));
        return new TestResult(Outcome.FAILED, message, failure, cases.all(), installed);
    }

    private static Code code(SandboxException e) {
        return switch (e.reason()) {
            case TIME -> Code.TIMEOUT;
            case MEMORY -> Code.OUT_OF_MEMORY;
            case DISK, HOST_DISK -> Code.NO_FREE_SPACE;
            case LOG -> Code.LOG_LIMIT;
            case SETUP -> Code.ROOT_FAILED;
        };
    }

    private static String lines(List<String> lines) {
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }
}
