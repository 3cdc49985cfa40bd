package dev.slipway.cli;

import dev.slipway.api.builds.Build;
import dev.slipway.api.tasks.Task;
import dev.slipway.api.tasks.TestCase;
import dev.slipway.client.SlipwayClient;
import dev.slipway.client.follow.BuildProgress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "test",
        mixinStandardHelpOptions = true,
        description = "Waits for the tests of a build and prints their results.",
        footer = {"", "Examples:", "  slipway test 812", "  slipway test --again 812"})
final class TestCommand extends RemoteCommand {
    @Option(names = "--again", description = "Run the tests again as a new revision first.")
    private boolean again;

    @Parameters(paramLabel = "BUILD", description = "The build's id.")
    private long build;

    @Override
    public Integer call() throws IOException, InterruptedException {
        SlipwayClient client = client();
        if (again) {
            output.say("revision " + client.tests().restartBuild(build).revision() + " of the tests begins");
        }
        BuildProgress progress = new BuildProgress();
        Build tested = Waiting.until(
                () -> client.builds().get(build),
                seen -> {
                    progress.news(seen).forEach(output::say);
                    return BuildProgress.tested(seen);
                },
                output);
        if (tested.testTasks().isEmpty()) {
            throw new CliException(ExitCode.FAILED, "build " + build + " has no tests; run them with --again");
        }
        Table table = new Table("PLATFORM", "ARCH", "CASE", "RESULT", "SECONDS");
        List<Task> tasks = new ArrayList<>();
        boolean passed = true;
        for (Build.TestTask test : tested.testTasks()) {
            Task task = client.tasks().get(test.id());
            tasks.add(task);
            passed &= task.state().equals("succeeded");
            for (TestCase one : task.cases()) {
                Long millis = one.durationMs();
                table.row(
                        test.platform(),
                        test.arch(),
                        one.name(),
                        one.status(),
                        millis == null ? "" : "%.1f".formatted(millis / 1000.0));
            }
            if (task.error() != null) {
                output.say("tests of " + test.platform() + "/" + test.arch() + ": " + task.error());
            }
        }
        output.json(tasks);
        output.result(table);
        output.result("tests of build " + build + " " + (passed ? "passed" : "failed"));
        return passed ? ExitCode.OK : ExitCode.FAILED;
    }
}
