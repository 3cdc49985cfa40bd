package dev.slipway.worker.runtime;

import dev.slipway.api.tasks.ClaimedTask;
import dev.slipway.api.tasks.ReportedArtifact;
import dev.slipway.api.tasks.Task;
import dev.slipway.client.SlipwayClient;
import dev.slipway.client.http.ApiException;
import dev.slipway.client.http.Uploads;
import dev.slipway.worker.jobs.ArtifactFile;
import dev.slipway.worker.tools.CancelledException;
import dev.slipway.worker.tools.LogSink;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does one task from claim to report: its work, its log, its uploads; leaves nothing behind on this machine. */
final class TaskRunner {
    private static final Logger LOG = LoggerFactory.getLogger(TaskRunner.class);

    /**
     * How long a failure is thought over. Whoever ends a worker, be it an agent or a service manager, may end the
     * programs that it started first, and what then fails is not the task's fault: another worker is to do it.
     */
    private static final Duration GRACE = Duration.ofSeconds(3);

    private final SlipwayClient client;
    private final @Nullable EngineTasks engineTasks;
    private final SignTasks signTasks;
    private final Path directory;

    TaskRunner(SlipwayClient client, @Nullable EngineTasks engineTasks, SignTasks signTasks, Path directory) {
        this.client = client;
        this.engineTasks = engineTasks;
        this.signTasks = signTasks;
        this.directory = directory;
    }

    void run(HeldTask held) throws InterruptedException {
        ClaimedTask task = held.task();
        LOG.info("task {}: {} for {}", task.id(), task.kind(), task.arch());
        Path own = null;
        try {
            Files.createDirectories(directory);
            own = Files.createTempDirectory(directory, "task-" + task.id() + "-");
            Work work;
            try (LogUplink log = new LogUplink(client.tasks(), held, own.resolve("log"))) {
                work = perform(held, own, log);
                log.finish();
            }
            if (isLost(held, work)) {
                LOG.warn("task {}: lost, nothing is reported", task.id());
                return;
            }
            Task after = report(held, work);
            LOG.info("task {}: {}{}", task.id(), after.state(), after.error() == null ? "" : ": " + after.error());
        } catch (IOException e) {
            LOG.warn("task {}: not reported: {}", task.id(), e.getMessage());
        } finally {
            if (own != null) {
                remove(own);
            }
        }
    }

    private static boolean isLost(HeldTask held, Work work) throws InterruptedException {
        boolean plausible =
                work.outcome().equals("succeeded") || held.cancellation().isCancelled();
        return plausible ? held.isLost() : held.isLostWithin(GRACE);
    }

    private Work perform(HeldTask held, Path own, LogSink log) throws InterruptedException {
        ClaimedTask task = held.task();
        try {
            if (engineTasks != null && task.build() != null) {
                return engineTasks.build(held, task.build(), own, log);
            }
            if (engineTasks != null && task.test() != null) {
                return engineTasks.test(held, task.test(), own, log);
            }
            if (task.sign() != null) {
                return signTasks.sign(
                        held, task.sign().signTaskId(), task.sign().keyid(), log);
            }
            return Work.error("this worker does not know tasks of the kind '" + task.kind() + "'");
        } catch (CancelledException e) {
            return Work.error("stopped: " + e.getMessage());
        } catch (IOException | IllegalArgumentException e) {
            log.line("error: " + e.getMessage());
            return Work.error(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("task {}", task.id(), e);
            log.line("error: the worker failed at this task: " + e.getClass().getSimpleName());
            return Work.error("the worker failed at this task; its own log tells more");
        }
    }

    private Task report(HeldTask held, Work work) throws IOException, InterruptedException {
        List<ReportedArtifact> uploaded = new ArrayList<>();
        for (ArtifactFile file : work.files()) {
            String sha256 = Uploads.sha256(file.path());
            Persistence.until(
                    held,
                    "uploading " + file.name(),
                    () -> client.tasks().upload(held.id(), held.lease(), file.name(), file.path(), sha256));
            uploaded.add(EngineTasks.reported(file, sha256));
        }
        held.reporting();
        try {
            return Persistence.until(
                    held, "the report", () -> client.tasks().report(held.id(), work.report(held.lease(), uploaded)));
        } catch (ApiException e) {
            String refused = refusedReport(e, work);
            if (refused == null) {
                throw e;
            }
            return Persistence.until(
                    held,
                    "the report",
                    () -> client.tasks().report(held.id(), Work.error(refused).report(held.lease(), List.of())));
        }
    }

    /** A report that can't be accepted must not leave the task running until its lease ends, again and again. */
    private static @Nullable String refusedReport(ApiException e, Work work) {
        boolean content = e.status() == 400 || e.status() == 413 || e.status() == 422;
        return content && !work.outcome().equals("error")
                ? "the companion refused the result: " + e.getMessage()
                : null;
    }

    private static void remove(Path directory) {
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
                        throws IOException {
                    Files.delete(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            LOG.warn("cannot remove {}: {}", directory, e.getMessage());
        }
    }
}
