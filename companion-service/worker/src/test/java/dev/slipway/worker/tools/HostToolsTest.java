package dev.slipway.worker.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.slipway.worker.testkit.CollectedLog;
import dev.slipway.worker.testkit.SharedEngine;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HostToolsTest {
    private final HostTools tools = SharedEngine.bench().tools();
    private final CollectedLog log = new CollectedLog();
    private final Cancellation cancellation = new Cancellation();

    @Test
    void passesArgumentsOnAsTheyAre() {
        tools.run(Command.of("printf", "%s|", "a b", "$HOME", "`id`", "", "*"), log, cancellation);
        assertThat(log.text()).isEqualTo("a b|$HOME|`id`||*|");
    }

    // acceptance case 55
    @Test
    void givesTheExitCode() {
        assertThat(tools.run(Command.of("sh", "-c", "exit 42"), log, cancellation))
                .isEqualTo(new Exit(42, Exit.End.BY_ITSELF));
    }

    // acceptance case 55
    @Test
    void keepsDataAndComplaintsApart() {
        Captured captured = tools.capture(Command.of("sh", "-c", "echo data; echo grumble >&2"), log, cancellation);
        assertThat(captured.output()).isEqualTo("data\n");
        assertThat(log.text()).isEqualTo("grumble\n");
    }

    @Test
    void standardInputIsEmpty() {
        assertThat(tools.capture(Command.of("wc", "-c"), log, cancellation)
                        .output()
                        .trim())
                .isEqualTo("0");
    }

    @Test
    void givesNothingOfTheWorkersEnvironment() {
        assertThat(tools.capture(Command.of("env"), log, cancellation).output())
                .doesNotContain("JAVA")
                .doesNotContain("HOME=");
    }

    @Test
    void killsEverythingWhenTheTimeIsOver() {
        Command command =
                Command.of("sh", "-c", "setsid sleep 4721 & sleep 4721").within(Duration.ofMillis(500));
        assertThat(tools.run(command, log, cancellation).end()).isEqualTo(Exit.End.TIMED_OUT);
        assertThat(running("sleep 4721")).isFalse();
    }

    @Test
    void killsEverythingWhenCancelled() {
        Thread canceller = new Thread(() -> {
            await().until(() -> running("sleep 4722"));
            cancellation.cancel("enough");
        });
        canceller.start();
        assertThatThrownBy(() -> tools.run(Command.of("sh", "-c", "setsid sleep 4722 & sleep 4722"), log, cancellation))
                .isInstanceOf(CancelledException.class)
                .hasMessage("enough");
        assertThat(running("sleep 4722")).isFalse();
    }

    @Test
    void startsNothingOnceCancelled() {
        cancellation.cancel("enough");
        assertThatThrownBy(() -> tools.run(Command.of("true"), log, cancellation))
                .isInstanceOf(CancelledException.class);
    }

    @Test
    void stopsWhatTalksTooMuchAndKeepsTheBeginning() {
        Exit exit = tools.run(Command.of("yes").limitedTo(1000), log, cancellation);
        assertThat(exit.end()).isEqualTo(Exit.End.OUTPUT_LIMIT);
        assertThat(log.text()).hasSize(1000);
    }

    @Test
    void namesAProgramThatIsNotThere() {
        assertThatThrownBy(() -> new ProcessRunner().run(Command.of("no-such-tool"), log, cancellation))
                .isInstanceOf(ToolException.class)
                .hasMessageStartingWith("cannot run no-such-tool: ");
    }

    private static boolean running(String commandLine) {
        return ProcessHandle.allProcesses()
                .anyMatch(process -> process.info().commandLine().orElse("").endsWith(commandLine));
    }
}
