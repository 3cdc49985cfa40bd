package dev.slipway.cli;

import dev.slipway.api.identity.User;
import dev.slipway.client.SlipwayClient;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "user",
        mixinStandardHelpOptions = true,
        description = "Lists accounts, bans them and lets them in again.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  slipway user list",
            "  slipway user ban mallory       its tokens are refused from now on",
            "  slipway user unban mallory"
        },
        subcommands = {UserCommand.ListAll.class, UserCommand.Ban.class, UserCommand.Unban.class})
final class UserCommand {
    private UserCommand() {}

    private static int setActive(SlipwayClient client, Output output, String name, boolean active) throws IOException {
        long id = client.users()
                .named(name)
                .orElseThrow(() -> new CliException(ExitCode.REFUSED, "there is no user " + name))
                .id();
        User after = client.users().setActive(id, active);
        output.json(after);
        output.result(name + (active ? " is let in again" : " is banned"));
        return ExitCode.OK;
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists accounts.")
    static final class ListAll extends RemoteCommand {
        @Override
        public Integer call() throws IOException {
            List<User> users = client().users().list();
            output.json(users);
            Table table = new Table("ID", "NAME", "KIND", "E-MAIL", "STATE");
            users.forEach(u -> table.row(
                    u.id(), u.username(), u.kind(), u.email(), Boolean.FALSE.equals(u.active()) ? "banned" : ""));
            output.result(table);
            return ExitCode.OK;
        }
    }

    @Command(
            name = "ban",
            mixinStandardHelpOptions = true,
            description = "Refuses every token of an account from now on.")
    static final class Ban extends RemoteCommand {
        @Parameters(paramLabel = "USER", description = "The user's name.")
        private String name = "";

        @Override
        public Integer call() throws IOException {
            return setActive(client(), output, name, false);
        }
    }

    @Command(
            name = "unban",
            mixinStandardHelpOptions = true,
            description = "Lets an account in again, with what it was granted.")
    static final class Unban extends RemoteCommand {
        @Parameters(paramLabel = "USER", description = "The user's name.")
        private String name = "";

        @Override
        public Integer call() throws IOException {
            return setActive(client(), output, name, true);
        }
    }
}
