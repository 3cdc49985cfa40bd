package dev.slipway.worker.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.worker.roots.Root;
import dev.slipway.worker.roots.RootRequest;
import dev.slipway.worker.roots.RootRequest.Purpose;
import dev.slipway.worker.testkit.CollectedLog;
import dev.slipway.worker.testkit.Platforms;
import dev.slipway.worker.testkit.SharedEngine;
import dev.slipway.worker.tools.Cancellation;
import dev.slipway.worker.tools.CancelledException;
import dev.slipway.worker.tools.Deadline;
import dev.slipway.worker.tools.Exit;
import dev.slipway.worker.tools.Supervision;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class SandboxTest {
    private static final Limits LIMITS = new Limits(Duration.ofSeconds(60), 256, 64, 64, 1);

    private final CollectedLog log = new CollectedLog();
    private final Cancellation cancellation = new Cancellation();

    @Test
    void buildsRunAsAnUnprivilegedUserThatCanGainNothing() {
        String status = build("grep -E '^(Uid|CapEff|CapPrm|CapInh|NoNewPrivs)' /proc/self/status");
        assertThat(status.replaceAll("\\s+", " "))
                .isEqualTo("Uid: 2000 2000 2000 2000 CapInh: 0000000000000000 CapPrm: 0000000000000000"
                        + " CapEff: 0000000000000000 NoNewPrivs: 1 ");
    }

    @Test
    void buildsSeeNoNetworkButTheirOwnLoopback() {
        assertThat(build("tail -n +3 /proc/net/dev | cut -d: -f1 | tr -d ' '")).isEqualTo("lo\n");
    }

    @Test
    void buildsSeeNoProcessOfTheHost() {
        String pid = Long.toString(ProcessHandle.current().pid());
        assertThat(build("ls /proc | grep -c '^[0-9]*$' | awk '{ print ($1 < 20) }'"))
                .isEqualTo("1\n");
        assertThat(build("kill -0 " + pid + " 2>&1 || echo no such process")).endsWith("no such process\n");
    }

    @Test
    void theHostsFilesAreOutOfReachForRootToo() throws Exception {
        Path secret = Files.createTempFile(SharedEngine.home(), "secret", "");
        try (Sandbox sandbox = open(LIMITS)) {
            // The classic way out of a chroot. It ends in the jail, which has the host's programs and no more.
            String escape = "mkdir '/tmp/x'; chroot '/tmp/x'; chdir '../' x 40; chroot '.';"
                    + " print -e '/scratch' ? 'out,' : 'in,', -e $ARGV[0] ? 'secret' : 'nothing'";
            assertThat(sandbox.capture(Phase.root(List.of("perl", "-e", escape, secret.toString())))
                            .output())
                    .isEqualTo("out,nothing");
            assertThat(sandbox.capture(Phase.tools(List.of("cat", secret.toString())))
                            .exit()
                            .ok())
                    .isFalse();
            assertThat(sandbox.capture(Phase.tools(List.of("sh", "-c", "touch /usr/x")))
                            .exit()
                            .ok())
                    .isFalse();
        } finally {
            Files.delete(secret);
        }
    }

    @Test
    void rootInTheSandboxCanNeitherMountNorMakeDevices() {
        try (Sandbox sandbox = open(LIMITS)) {
            assertThat(sandbox.run(Phase.root(List.of("mount", "-t", "tmpfs", "x", "/mnt")))
                            .ok())
                    .isFalse();
            assertThat(sandbox.run(Phase.root(List.of("mknod", "/tmp/disk", "b", "8", "0")))
                            .ok())
                    .isFalse();
            assertThat(sandbox.run(Phase.root(List.of("sh", "-c", "echo x > /proc/sys/kernel/core_pattern")))
                            .ok())
                    .isFalse();
        }
    }

    @Test
    void whatACommandWritesIsThereForTheNextAndNeverInTheRoot() {
        try (Sandbox sandbox = open(LIMITS)) {
            assertThat(sandbox.run(Phase.root(List.of("sh", "-c", "echo kept > /etc/kept")))
                            .ok())
                    .isTrue();
            assertThat(sandbox.capture(Phase.root(List.of("cat", "/etc/kept"))).output())
                    .isEqualTo("kept\n");
        }
        try (Sandbox sandbox = open(LIMITS)) {
            assertThat(sandbox.run(Phase.root(List.of("test", "-e", "/etc/kept")))
                            .ok())
                    .isFalse();
        }
    }

    @Test
    void noProcessOutlivesItsCommand() {
        try (Sandbox sandbox = open(LIMITS)) {
            assertThat(sandbox.run(Phase.build(List.of("sh", "-c", "setsid sleep 4711 >/dev/null 2>&1 & exit 0")))
                            .ok())
                    .isTrue();
        }
        assertThat(running("sleep 4711")).isFalse();
    }

    @Test
    void nothingOfTheWorkersEnvironmentGetsIn() {
        assertThat(build("env | cut -d= -f1 | sort | tr '\\n' ' '")).isEqualTo("HOME LANG LOGNAME PATH PWD USER ");
    }

    @Test
    void aCommandThatRunsForEverIsStopped() {
        Limits limits = new Limits(Duration.ofSeconds(2), 256, 64, 64, 1);
        assertStopped(limits, "sleep 4712", SandboxException.Reason.TIME, "timed out after 2 seconds");
        assertThat(running("sleep 4712")).isFalse();
    }

    @Test
    void aCommandThatNeedsTooMuchMemoryIsStopped() {
        assertStopped(
                LIMITS,
                "head -c 1500M /dev/zero | tail -c 1000M | wc -c; exit 1",
                SandboxException.Reason.MEMORY,
                "needed more than the 256 MB of memory it may use");
    }

    @Test
    void aCommandThatFillsTheDiskIsStopped() {
        assertStopped(
                LIMITS,
                "for i in 1 2 3 4; do head -c 30M /dev/zero > $i; done; sleep 50",
                SandboxException.Reason.DISK,
                "wrote more than the 64 MB of disk it may use");
    }

    @Test
    void aSingleFileCanNotOutgrowTheDiskLimit() {
        try (Sandbox sandbox = open(LIMITS)) {
            Exit exit = sandbox.run(Phase.build(List.of("sh", "-c", "exec head -c 65M /dev/zero > big")));
            assertThat(exit.ok()).isFalse();
        }
    }

    @Test
    void aForkBombIsContained() {
        try (Sandbox sandbox = open(LIMITS)) {
            String bomb = "for (1..500) { $p = fork; exit 9 if !defined $p; if (!$p) { sleep 4713; exit } }";
            assertThat(sandbox.run(Phase.build(List.of("perl", "-e", bomb))).code())
                    .isEqualTo(9);
        }
        assertThat(running("sleep 4713; exit } }")).isFalse();
    }

    @Test
    void aCommandThatTalksTooMuchIsStopped() {
        assertStopped(LIMITS, "yes | head -c 3M", SandboxException.Reason.LOG, "the output exceeded 1 MB");
        assertThat(log.text().length()).isLessThanOrEqualTo(1024 * 1024);
    }

    @Test
    void cancellingKillsAtOnce() {
        try (Sandbox sandbox = open(LIMITS)) {
            Thread canceller = new Thread(() -> {
                while (!running("sleep 4714")) {
                    Thread.onSpinWait();
                }
                cancellation.cancel("not wanted any more");
            });
            canceller.start();
            assertThatThrownBy(() -> sandbox.run(Phase.build(List.of("sleep", "4714"))))
                    .isInstanceOf(CancelledException.class)
                    .hasMessage("not wanted any more");
        }
        assertThat(running("sleep 4714")).isFalse();
    }

    @Test
    void aLinkWhereAMountIsToGoLeadsNowhere() {
        try (Sandbox sandbox = open(LIMITS)) {
            sandbox.run(Phase.root(List.of("sh", "-c", "rm -rf /tmp /run && ln -s /usr /tmp && ln -s /etc /run")));
            assertThat(sandbox.run(Phase.build(List.of("true"))).ok()).isTrue();
            assertThat(sandbox.capture(Phase.root(List.of("stat", "-c", "%F", "/tmp")))
                            .output())
                    .isEqualTo("directory\n");
        }
    }

    private void assertStopped(Limits limits, String script, SandboxException.Reason reason, String message) {
        try (Sandbox sandbox = open(limits)) {
            assertThatThrownBy(() -> sandbox.run(Phase.build(List.of("sh", "-c", script))))
                    .isInstanceOfSatisfying(
                            SandboxException.class, e -> assertThat(e.reason()).isEqualTo(reason))
                    .hasMessage(message);
        }
    }

    private String build(String script) {
        try (Sandbox sandbox = open(LIMITS)) {
            return sandbox.capture(Phase.build(List.of("sh", "-c", script))).output();
        }
    }

    private Sandbox open(Limits limits) {
        Supervision supervision = new Supervision(log, cancellation, Deadline.after(limits.time()));
        Root root = SharedEngine.bench()
                .roots()
                .get(
                        new RootRequest(Platforms.deb().testRoot(), false, Purpose.TEST, "amd64"),
                        new Supervision(log, cancellation, Deadline.after(Duration.ofMinutes(10))));
        return SharedEngine.bench().sandboxes().over(root.tree(), "test", limits, null, supervision);
    }

    /** Whether any process of the machine has this command line. */
    private static boolean running(String commandLine) {
        return ProcessHandle.allProcesses()
                .anyMatch(process -> process.info().commandLine().orElse("").endsWith(commandLine));
    }
}
