package dev.slipway.cli;

import dev.slipway.api.platforms.Platform;
import dev.slipway.client.SlipwayClient;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
    static final class ListAll implements Callable<Integer> {
        @Mixin
        private final Connection connection = new Connection();

        @Mixin
        private final Output output = new Output();

        @Override
        public Integer call() throws IOException {
            List<Platform> found =
                    new SlipwayClient(connection.open()).platforms().list();
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
