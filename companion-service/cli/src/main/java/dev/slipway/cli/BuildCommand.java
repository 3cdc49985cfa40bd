package dev.slipway.cli;

import dev.slipway.api.builds.Build;
import dev.slipway.api.builds.BuildRequest;
import dev.slipway.api.builds.BuildTask;
import dev.slipway.api.tasks.Artifact;
import dev.slipway.client.SlipwayClient;
import dev.slipway.client.follow.BuildProgress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "build",
        mixinStandardHelpOptions = true,
        description = "Builds sources for platforms and waits for the result.",
        footer = {
            "",
            "Examples:",
            "  slipway build --platform el9 --platform bookworm https://git.example/wordfreq.git@v1.2",
            "  slipway build --platform el9:x86_64,aarch64 --linked-build 812 ./tallyplot",
            "  slipway build --platform el9 --no-wait --json https://git.example/wordfreq.git"
        })
final class BuildCommand extends RemoteCommand {
    @Option(
            names = {"-p", "--platform"},
            required = true,
            paramLabel = "NAME[:ARCH,…]",
            description = "A platform to build for, with all of its architectures or those named; may be repeated.")
    private List<String> platforms = new ArrayList<>();

    @Option(
            names = "--linked-build",
            paramLabel = "ID",
            description = "A build whose packages this one may use; may be repeated.")
    private List<Long> linkedBuilds = new ArrayList<>();

    @Option(names = "--independent", description = "Let sources build side by side instead of in their order.")
    private boolean independent;

    @Option(names = "--priority", paramLabel = "N", description = "Higher goes first; 0 when absent.")
    private @Nullable Integer priority;

    @Option(names = "--no-wait", description = "Return as soon as the companion has accepted the build.")
    private boolean noWait;

    @Option(names = "--log", description = "Print the logs of the tasks while they run.")
    private boolean log;

    @Parameters(
            arity = "1..*",
            paramLabel = "SOURCE",
            description = "A git address or folder, with @REF for a branch, tag or commit; or an .src.rpm address.")
    private List<String> sources = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        SlipwayClient client = client();
        Build build = client.builds().create(request(), UUID.randomUUID().toString());
        output.say("build " + build.id() + " accepted: " + connection.address() + " has "
                + build.tasks().size() + " tasks for it");
        if (!noWait) {
            BuildProgress progress = new BuildProgress();
            TaskLogs logs = new TaskLogs(client, output);
            long id = build.id();
            build = Waiting.until(
                    () -> client.builds().get(id),
                    seen -> {
                        progress.news(seen).forEach(output::say);
                        if (log) {
                            logs.print(seen);
                        }
                        return BuildProgress.built(seen);
                    },
                    output);
        }
        output.json(build);
        output.result(table(build));
        output.result("build " + build.id() + " " + build.state());
        return noWait || BuildProgress.succeeded(build) ? ExitCode.OK : ExitCode.FAILED;
    }

    private BuildRequest request() {
        List<BuildRequest.PlatformChoice> chosen = new ArrayList<>();
        for (String platform : platforms) {
            String[] parts = platform.split(":", 2);
            List<String> arches = parts.length == 2 ? List.of(parts[1].split(",")) : null;
            chosen.add(new BuildRequest.PlatformChoice(parts[0], arches, null, null));
        }
        return new BuildRequest(
                chosen,
                sources.stream().map(SourceArgument::parse).toList(),
                linkedBuilds,
                independent ? "independent" : null,
                priority,
                null,
                null);
    }

    private static Table table(Build build) {
        Table table = new Table("TASK", "SOURCE", "PLATFORM", "ARCH", "STATE", "PACKAGES");
        for (BuildTask task : build.tasks()) {
            List<String> packages = task.artifacts().stream()
                    .filter(a -> a.packageId() != null)
                    .map(Artifact::name)
                    .toList();
            String what = task.error() != null ? task.error() : String.join(" ", packages);
            table.row(
                    task.id(),
                    BuildProgress.name(task.ref().url()),
                    task.platform().name(),
                    task.arch(),
                    task.state(),
                    what);
        }
        return table;
    }
}
