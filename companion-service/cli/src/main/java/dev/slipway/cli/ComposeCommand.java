package dev.slipway.cli;

import dev.slipway.api.composes.Compose;
import dev.slipway.api.composes.ComposeExtension;
import dev.slipway.api.composes.ComposeRequest;
import dev.slipway.api.composes.ComposeSource;
import dev.slipway.client.SlipwayClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "compose",
        mixinStandardHelpOptions = true,
        description = "Makes, lists, extends, deletes and makes again temporary repositories.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  slipway compose create --platform el9 --build 812 --key 9F2C6B1A04D7E855 --lifetime P1D",
            "  slipway compose list",
            "  slipway compose extend --lifetime P2D 31",
            "  slipway compose delete 31",
            "  slipway compose regenerate 31"
        },
        subcommands = {
            ComposeCommand.Create.class,
            ComposeCommand.ListAll.class,
            ComposeCommand.Extend.class,
            ComposeCommand.Delete.class,
            ComposeCommand.Regenerate.class
        })
final class ComposeCommand {
    private static final int DONE = 2;

    private ComposeCommand() {}

    @Command(name = "create", mixinStandardHelpOptions = true, description = "Makes a compose and waits for it.")
    static final class Create extends RemoteCommand {
        @Option(
                names = {"-p", "--platform"},
                required = true,
                paramLabel = "NAME",
                description = "The platform whose packages it holds.")
        private String platform = "";

        @Option(names = "--build", paramLabel = "ID", description = "Take this build's packages; may be repeated.")
        private List<Long> builds = new ArrayList<>();

        @Option(names = "--repository", paramLabel = "NAME", description = "Take this repository's newest packages.")
        private List<String> repositories = new ArrayList<>();

        @Option(names = "--distribution", paramLabel = "NAME", description = "Take this distribution's packages.")
        private List<String> distributions = new ArrayList<>();

        @Option(names = "--package", paramLabel = "GLOB", description = "Of all that, only packages of such names.")
        private List<String> packages = new ArrayList<>();

        @Option(
                names = {"-k", "--key"},
                paramLabel = "KEYID",
                description = "Only packages signed with this key; the metadata is signed with it too.")
        private List<String> keys = new ArrayList<>();

        @Option(names = "--debug", description = "With debug packages.")
        private boolean debug;

        @Option(names = "--sources", description = "With source packages.")
        private boolean sources;

        @Option(names = "--lifetime", paramLabel = "DURATION", description = "How long to keep it, as P1D or PT2H.")
        private @Nullable Duration lifetime;

        @Option(names = "--no-reuse", description = "Make it even if an equal one exists.")
        private boolean noReuse;

        @Option(names = "--label", paramLabel = "TEXT", description = "A label for people.")
        private @Nullable String label;

        @Override
        public Integer call() throws IOException, InterruptedException {
            SlipwayClient client = client();
            ComposeRequest request = new ComposeRequest(
                    new ComposeSource(builds, repositories, distributions, packages.isEmpty() ? null : packages),
                    platform,
                    null,
                    keys.isEmpty() ? null : keys,
                    debug,
                    sources,
                    lifetime == null ? null : lifetime.toSeconds(),
                    noReuse,
                    label,
                    null);
            long id = client.composes()
                    .create(request, UUID.randomUUID().toString())
                    .id();
            return await(client, id, output);
        }
    }

    private static int await(SlipwayClient client, long id, Output output) throws IOException, InterruptedException {
        Compose compose = Waiting.until(() -> client.composes().get(id), c -> c.state() >= DONE, output);
        output.json(compose);
        if (compose.state() != DONE) {
            throw new CliException(ExitCode.FAILED, "compose " + id + " failed: " + compose.stateReason());
        }
        Long reused = compose.reusedId();
        output.result("compose " + id + ": " + compose.packageCount() + " packages until " + compose.timeToExpire()
                + (reused == null ? "" : ", reusing compose " + reused));
        output.result(compose.resultUrl() == null ? "" : compose.resultUrl());
        return ExitCode.OK;
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists composes, newest first.")
    static final class ListAll extends RemoteCommand {
        @Override
        public Integer call() throws IOException {
            List<Compose> composes = client().composes().list(null);
            output.json(composes);
            Table table = new Table("ID", "STATE", "PACKAGES", "OWNER", "EXPIRES", "LABEL", "URL");
            for (Compose c : composes) {
                table.row(
                        c.id(), c.stateName(), c.packageCount(), c.owner(), c.timeToExpire(), c.label(), c.resultUrl());
            }
            output.result(table);
            return ExitCode.OK;
        }
    }

    @Command(name = "extend", mixinStandardHelpOptions = true, description = "Keeps a compose longer.")
    static final class Extend extends RemoteCommand {
        @Option(names = "--lifetime", paramLabel = "DURATION", description = "From now on, as P1D or PT2H.")
        private @Nullable Duration lifetime;

        @Parameters(paramLabel = "COMPOSE", description = "The compose's id.")
        private long id;

        @Override
        public Integer call() throws IOException {
            Compose compose = client().composes()
                    .extend(id, new ComposeExtension(lifetime == null ? null : lifetime.toSeconds()));
            output.json(compose);
            output.result("compose " + id + " is kept until " + compose.timeToExpire());
            return ExitCode.OK;
        }
    }

    @Command(name = "delete", mixinStandardHelpOptions = true, description = "Deletes a compose.")
    static final class Delete extends RemoteCommand {
        @Parameters(paramLabel = "COMPOSE", description = "The compose's id.")
        private long id;

        @Override
        public Integer call() throws IOException {
            client().composes().delete(id);
            output.json(Map.of("deleted", id));
            return ExitCode.OK;
        }
    }

    @Command(
            name = "regenerate",
            mixinStandardHelpOptions = true,
            description =
                    "Makes a compose again that is gone or failed, of exactly the same packages, and waits for it.")
    static final class Regenerate extends RemoteCommand {
        @Parameters(paramLabel = "COMPOSE", description = "The former compose's id.")
        private long former;

        @Override
        public Integer call() throws IOException, InterruptedException {
            SlipwayClient client = client();
            long id = client.composes()
                    .regenerate(former, UUID.randomUUID().toString())
                    .id();
            return await(client, id, output);
        }
    }
}
