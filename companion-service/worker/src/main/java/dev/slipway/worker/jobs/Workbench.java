package dev.slipway.worker.jobs;

import dev.slipway.worker.roots.Root;
import dev.slipway.worker.roots.RootRequest;
import dev.slipway.worker.roots.RootStore;
import dev.slipway.worker.sandbox.Sandbox;
import dev.slipway.worker.sandbox.Sandboxes;
import dev.slipway.worker.tools.Cancellation;
import dev.slipway.worker.tools.Deadline;
import dev.slipway.worker.tools.HostTools;
import dev.slipway.worker.tools.LogSink;
import dev.slipway.worker.tools.Privilege;
import dev.slipway.worker.tools.PrivilegeProbe;
import dev.slipway.worker.tools.ProcessRunner;
import dev.slipway.worker.tools.Scripts;
import dev.slipway.worker.tools.Supervision;
import dev.slipway.worker.tools.ToolCheck;
import dev.slipway.worker.tools.UnsupportedHostException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What every job works with.
 *
 * @param localSources whether sources and repositories may be named by {@code file:} URLs
 * @param maxSourceBytes largest source that is fetched
 */
public record Workbench(
        HostTools tools,
        Sandboxes sandboxes,
        RootStore roots,
        Scripts scripts,
        boolean localSources,
        long maxSourceBytes)
        implements AutoCloseable {

    /** Tools without which nothing can be isolated. */
    private static final List<String> NEEDED =
            List.of("unshare", "setpriv", "prlimit", "pivot_root", "mount", "ip", "hostname", "awk", "du", "df", "tar");

    /**
     * Looks at what the machine allows, and removes what dead workers left.
     *
     * @param home where roots are kept and jobs run; made when missing
     * @throws UnsupportedHostException when the machine can't run any job, with the remedy
     */
    public static Workbench open(Path home, boolean localSources, long maxSourceBytes) throws IOException {
        List<String> missing = new ToolCheck().missing(NEEDED);
        if (!missing.isEmpty()) {
            throw new UnsupportedHostException(String.join("; ", missing));
        }
        ProcessRunner runner = new ProcessRunner();
        Privilege privilege = PrivilegeProbe.probe(runner);
        Files.createDirectories(home);
        Scripts scripts = new Scripts(home.resolve("scripts"));
        HostTools tools = new HostTools(runner, privilege, scripts);
        Sandboxes sandboxes = new Sandboxes(home.resolve("jobs"), runner, tools, scripts);
        RootStore roots = new RootStore(home.resolve("roots"), tools, sandboxes, scripts);
        return new Workbench(tools, sandboxes, roots, scripts, localSources, maxSourceBytes);
    }

    @Override
    public void close() throws IOException {
        sandboxes.close();
    }

    /** A job's sandbox and the root below it. */
    public record Place(Sandbox sandbox, Root root, Supervision supervision) implements AutoCloseable {
        @Override
        public void close() {
            sandbox.close();
        }
    }

    /**
     * Opens a sandbox for a job. Its time starts when the root is there: making one, which may take minutes, is nobody's own.
     *
     * @param arch of the packages
     */
    public Place open(
            String id,
            PlatformSpec platform,
            RootRequest.Purpose purpose,
            String arch,
            LogSink log,
            Cancellation cancellation) {
        boolean rpm = platform.format() == PackageFormat.RPM;
        RootRequest request = new RootRequest(
                purpose == RootRequest.Purpose.BUILD ? platform.root() : platform.testRoot(), rpm, purpose, arch);
        Root root = roots.get(request, supervision(platform, log, cancellation));
        Supervision supervision = supervision(platform, log, cancellation);
        Sandbox sandbox = sandboxes.over(root.tree(), id, platform.limits(), root.personality(), supervision);
        return new Place(sandbox, root, supervision);
    }

    /**
     * Holds repositories to what this worker allows.
     *
     * @throws JobFailure when a repository may not be used
     */
    public void check(List<RepositorySpec> repositories) {
        for (RepositorySpec repository : repositories) {
            if (repository.url().startsWith("file:") && !localSources) {
                throw JobFailure.error(
                        Diagnosis.Code.INVALID_JOB,
                        "this worker takes no repositories from its own disk: " + repository.url());
            }
        }
    }

    private static Supervision supervision(PlatformSpec platform, LogSink log, Cancellation cancellation) {
        return new Supervision(
                log, cancellation, Deadline.after(platform.limits().time()));
    }
}
