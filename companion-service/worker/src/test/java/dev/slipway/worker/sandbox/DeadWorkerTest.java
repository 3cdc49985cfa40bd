package dev.slipway.worker.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.worker.jobs.Workbench;
import dev.slipway.worker.roots.RootRequest;
import dev.slipway.worker.roots.RootRequest.Purpose;
import dev.slipway.worker.testkit.DoomedWorker;
import dev.slipway.worker.testkit.Platforms;
import dev.slipway.worker.testkit.SharedEngine;
import dev.slipway.worker.tools.Cancellation;
import dev.slipway.worker.tools.Deadline;
import dev.slipway.worker.tools.LogSink;
import dev.slipway.worker.tools.Supervision;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class DeadWorkerTest {
    @Test
    void aKilledWorkerLeavesNoProcessAndItsNextLeavesNoFiles() throws Exception {
        Supervision supervision =
                new Supervision(LogSink.NONE, new Cancellation(), Deadline.after(Duration.ofMinutes(10)));
        Path root = SharedEngine.bench()
                .roots()
                .get(new RootRequest(Platforms.deb().testRoot(), false, Purpose.TEST, "amd64"), supervision)
                .tree();
        Process worker = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        DoomedWorker.class.getName(),
                        SharedEngine.home().toString(),
                        root.toString(),
                        "4716"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.to(new File("/dev/null")))
                .start();
        try {
            await().atMost(Duration.ofSeconds(60)).until(DeadWorkerTest::sleeping);
        } finally {
            worker.destroyForcibly();
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> !sleeping());
        assertThat(leftovers(worker)).hasSize(1);
        SharedEngine.bench();
        try (Workbench next = Workbench.open(SharedEngine.home(), true, 1)) {
            assertThat(leftovers(worker)).isEmpty();
        }
        try (Stream<Path> groups = Files.walk(Path.of("/sys/fs/cgroup"), 6)) {
            assertThat(groups.filter(path -> path.toString().contains("slipway-" + worker.pid() + "-")))
                    .isEmpty();
        }
    }

    private static List<Path> leftovers(Process worker) throws Exception {
        try (Stream<Path> jobs = Files.list(SharedEngine.home().resolve("jobs"))) {
            return jobs.filter(path -> String.valueOf(path.getFileName()).startsWith(worker.pid() + "-"))
                    .toList();
        }
    }

    private static boolean sleeping() {
        return ProcessHandle.allProcesses()
                .anyMatch(process -> process.info().commandLine().orElse("").endsWith("sleep 4716"));
    }
}
