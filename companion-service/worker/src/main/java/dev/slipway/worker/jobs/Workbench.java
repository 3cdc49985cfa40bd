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
import dev.slipway.worker.tools.Scripts;
import dev.slipway.worker.tools.Supervision;
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
        long maxSourceBytes) {

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

    /** @throws JobFailure when a repository may not be used */
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
