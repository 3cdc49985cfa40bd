package dev.slipway.cli;

import dev.slipway.api.platforms.Platform;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;

@Command(
        name = "platform",
        mixinStandardHelpOptions = true,
        description = "Shows what packages can be built for; 'slipway apply' makes and changes platforms.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Examples:", "  slipway platform list", "  slipway platform list --json"},
        subcommands = PlatformCommand.ListAll.class)
final class PlatformCommand {
    private PlatformCommand() {}

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the platforms by name.")
    static final class ListAll extends RemoteCommand {
        @Override
        public Integer call() throws IOException {
            List<Platform> found = client().platforms().list();
            output.json(found);
            Table table = new Table("ID", "NAME", "TYPE", "DISTRIBUTION", "ARCHITECTURES", "REPOSITORIES");
            for (Platform each : found) {
                table.row(
                        each.id(),
                        each.name(),
                        each.type(),
                        each.distrType() + " " + each.distrVersion(),
                        String.join(" ", each.archList()),
                        each.repos().size());
            }
            output.result(table);
            return ExitCode.OK;
        }
    }
}
