package dev.slipway.cli;

import dev.slipway.api.distributions.Distribution;
import dev.slipway.api.distributions.DistributionRequest;
import dev.slipway.api.distributions.DistributionUpdate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "distribution",
        mixinStandardHelpOptions = true,
        description = "Makes distributions, and puts builds into them.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  slipway distribution create --platform el9 --platform bookworm --sign-key 9F2C00D1E2F3A4B5 demo",
            "  slipway distribution approval demo second-person",
            "  slipway distribution add demo 812",
            "  slipway distribution remove demo 812",
            "  slipway distribution list --json"
        },
        subcommands = {
            DistributionCommand.Create.class,
            DistributionCommand.ListAll.class,
            DistributionCommand.Approval.class,
            DistributionCommand.Add.class,
            DistributionCommand.Remove.class
        })
final class DistributionCommand {
    private DistributionCommand() {}

    private static void print(List<Distribution> distributions, Output output) {
        Table table = new Table("NAME", "PLATFORMS", "SIGN KEY", "APPROVAL", "BUILDS");
        distributions.forEach(d -> table.row(
                d.name(),
                String.join(" ", d.platforms()),
                Objects.requireNonNullElse(d.signKey(), "-"),
                d.approval(),
                d.builds().size()));
        output.result(table);
    }

    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            description = "Makes a distribution with empty, valid repositories.")
    static final class Create extends RemoteCommand {
        @Option(
                names = {"-p", "--platform"},
                required = true,
                paramLabel = "NAME",
                description = "A platform of it; may be repeated.")
        private List<String> platforms = new ArrayList<>();

        @Option(
                names = "--sign-key",
                paramLabel = "KEYID",
                description = "The key of its metadata; unsigned when absent.")
        private @Nullable String signKey;

        @Option(names = "--approval", paramLabel = "WORD", description = "none or second-person.")
        private @Nullable String approval;

        @Parameters(paramLabel = "NAME", description = "Lower-case letters, digits and ._-")
        private String name = "";

        @Override
        public Integer call() throws IOException {
            Distribution made = client().distributions()
                    .create(new DistributionRequest(name, platforms, signKey, null, approval, null));
            output.json(made);
            print(List.of(made), output);
            return ExitCode.OK;
        }
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists distributions.")
    static final class ListAll extends RemoteCommand {
        @Override
        public Integer call() throws IOException {
            List<Distribution> found = client().distributions().list();
            output.json(found);
            print(found, output);
            return ExitCode.OK;
        }
    }

    @Command(
            name = "approval",
            mixinStandardHelpOptions = true,
            description = "Says whether a second person must approve releases into it.")
    static final class Approval extends RemoteCommand {
        @Parameters(index = "0", paramLabel = "DISTRIBUTION", description = "Its name.")
        private String name = "";

        @Parameters(index = "1", paramLabel = "WORD", description = "none or second-person.")
        private String approval = "";

        @Override
        public Integer call() throws IOException {
            Distribution after = client().distributions().update(name, new DistributionUpdate(approval, null));
            output.json(after);
            print(List.of(after), output);
            return ExitCode.OK;
        }
    }

    @Command(name = "add", mixinStandardHelpOptions = true, description = "Puts a build's packages into it.")
    static final class Add extends RemoteCommand {
        @Parameters(index = "0", paramLabel = "DISTRIBUTION", description = "Its name.")
        private String name = "";

        @Parameters(index = "1", paramLabel = "BUILD", description = "The build's id.")
        private long build;

        @Override
        public Integer call() throws IOException {
            client().distributions().add(build, name);
            output.json(Map.of("distribution", name, "added", build));
            return ExitCode.OK;
        }
    }

    @Command(
            name = "remove",
            mixinStandardHelpOptions = true,
            description = "Takes a build's packages out again, but for those that another build brought too.")
    static final class Remove extends RemoteCommand {
        @Parameters(index = "0", paramLabel = "DISTRIBUTION", description = "Its name.")
        private String name = "";

        @Parameters(index = "1", paramLabel = "BUILD", description = "The build's id.")
        private long build;

        @Override
        public Integer call() throws IOException {
            client().distributions().remove(build, name);
            output.json(Map.of("distribution", name, "removed", build));
            return ExitCode.OK;
        }
    }
}
