package dev.slipway.cli;

import dev.slipway.api.identity.Team;
import dev.slipway.api.identity.TeamRequest;
import dev.slipway.client.SlipwayClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "team",
        mixinStandardHelpOptions = true,
        description = "Makes teams and says who is in them.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  slipway team create --member ada --member grace kernel",
            "  slipway team add kernel linus",
            "  slipway team remove kernel linus",
            "  slipway team list --json",
            "  slipway team delete kernel"
        },
        subcommands = {
            TeamCommand.Create.class,
            TeamCommand.ListAll.class,
            TeamCommand.Add.class,
            TeamCommand.Remove.class,
            TeamCommand.Delete.class
        })
final class TeamCommand {
    private TeamCommand() {}

    private static Team named(SlipwayClient client, String name) throws IOException {
        return client.teams()
                .named(name)
                .orElseThrow(() -> new CliException(ExitCode.REFUSED, "there is no team " + name));
    }

    private static void print(List<Team> teams, Output output) {
        Table table = new Table("ID", "NAME", "MEMBERS", "DESCRIPTION");
        teams.forEach(t -> table.row(t.id(), t.name(), String.join(" ", t.members()), t.description()));
        output.result(table);
    }

    @Command(name = "create", mixinStandardHelpOptions = true, description = "Makes a team.")
    static final class Create extends RemoteCommand {
        @Option(names = "--member", paramLabel = "USER", description = "Who is in it; may be repeated.")
        private List<String> members = new ArrayList<>();

        @Option(names = "--description", paramLabel = "TEXT", description = "What it is for.")
        private String description = "";

        @Parameters(paramLabel = "NAME", description = "Lower-case letters, digits and ._-")
        private String name = "";

        @Override
        public Integer call() throws IOException {
            Team team = client().teams().create(new TeamRequest(name, description, members));
            output.json(team);
            print(List.of(team), output);
            return ExitCode.OK;
        }
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists teams with their members.")
    static final class ListAll extends RemoteCommand {
        @Override
        public Integer call() throws IOException {
            List<Team> teams = client().teams().list();
            output.json(teams);
            print(teams, output);
            return ExitCode.OK;
        }
    }

    @Command(name = "add", mixinStandardHelpOptions = true, description = "Puts a user into a team.")
    static final class Add extends RemoteCommand {
        @Parameters(index = "0", paramLabel = "TEAM", description = "The team's name.")
        private String team = "";

        @Parameters(index = "1", paramLabel = "USER", description = "The user's name.")
        private String user = "";

        @Override
        public Integer call() throws IOException {
            SlipwayClient client = client();
            Team after = client.teams().addMember(named(client, team).id(), user);
            output.json(after);
            print(List.of(after), output);
            return ExitCode.OK;
        }
    }

    @Command(name = "remove", mixinStandardHelpOptions = true, description = "Takes a user out of a team.")
    static final class Remove extends RemoteCommand {
        @Parameters(index = "0", paramLabel = "TEAM", description = "The team's name.")
        private String team = "";

        @Parameters(index = "1", paramLabel = "USER", description = "The user's name.")
        private String user = "";

        @Override
        public Integer call() throws IOException {
            SlipwayClient client = client();
            Team after = client.teams().removeMember(named(client, team).id(), user);
            output.json(after);
            print(List.of(after), output);
            return ExitCode.OK;
        }
    }

    @Command(name = "delete", mixinStandardHelpOptions = true, description = "Forgets a team and what it was granted.")
    static final class Delete extends RemoteCommand {
        @Parameters(paramLabel = "TEAM", description = "The team's name.")
        private String team = "";

        @Override
        public Integer call() throws IOException {
            SlipwayClient client = client();
            client.teams().remove(named(client, team).id());
            output.json(Map.of("deleted", team));
            return ExitCode.OK;
        }
    }
}
