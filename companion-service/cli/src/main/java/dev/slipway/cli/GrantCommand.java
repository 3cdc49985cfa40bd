package dev.slipway.cli;

import dev.slipway.api.identity.Grant;
import dev.slipway.api.identity.GrantRequest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "grant",
        mixinStandardHelpOptions = true,
        description = "Gives roles to users and teams, and takes them away.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  slipway grant create --user ada --distribution demo releaser",
            "  slipway grant create --team kernel builder",
            "  slipway grant list --user ada",
            "  slipway grant delete 12"
        },
        subcommands = {GrantCommand.Create.class, GrantCommand.ListAll.class, GrantCommand.Delete.class})
final class GrantCommand {
    private GrantCommand() {}

    private static void print(List<Grant> grants, Output output) {
        Table table = new Table("ID", "ROLE", "WHO", "WHERE", "GRANTED BY", "GRANTED AT");
        grants.forEach(g -> table.row(
                g.id(),
                g.role(),
                g.user() != null ? "user " + g.user() : "team " + g.team(),
                Objects.requireNonNullElse(g.distribution(), "everywhere"),
                g.grantedBy(),
                g.grantedAt()));
        output.result(table);
    }

    /** Who gets it. */
    static final class Holder {
        @Option(names = "--user", paramLabel = "USER", description = "Who gets it.")
        private @Nullable String user;

        @Option(names = "--team", paramLabel = "TEAM", description = "Whose members get it.")
        private @Nullable String team;
    }

    @Command(name = "create", mixinStandardHelpOptions = true, description = "Gives a role.")
    static final class Create extends RemoteCommand {
        @ArgGroup(multiplicity = "1")
        private Holder holder = new Holder();

        @Option(
                names = "--distribution",
                paramLabel = "NAME",
                description = "Where alone it holds; everywhere when absent.")
        private @Nullable String distribution;

        @Parameters(paramLabel = "ROLE", description = RoleOrScopes.ROLES)
        private String role = "";

        @Override
        public Integer call() throws IOException {
            Grant grant = client().grants().create(new GrantRequest(role, holder.user, holder.team, distribution));
            output.json(grant);
            print(List.of(grant), output);
            return ExitCode.OK;
        }
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists who holds which role where.")
    static final class ListAll extends RemoteCommand {
        @Option(names = "--user", paramLabel = "USER", description = "Of this user, not through a team.")
        private @Nullable String user;

        @Option(names = "--team", paramLabel = "TEAM", description = "Of this team.")
        private @Nullable String team;

        @Option(names = "--role", paramLabel = "ROLE", description = "Of this role.")
        private @Nullable String role;

        @Option(names = "--distribution", paramLabel = "NAME", description = "On this distribution.")
        private @Nullable String distribution;

        @Override
        public Integer call() throws IOException {
            Map<String, @Nullable String> filter = new LinkedHashMap<>();
            filter.put("user", user);
            filter.put("team", team);
            filter.put("role", role);
            filter.put("distribution", distribution);
            filter.values().removeIf(Objects::isNull);
            List<Grant> grants = client().grants().list(filter);
            output.json(grants);
            print(grants, output);
            return ExitCode.OK;
        }
    }

    @Command(name = "delete", mixinStandardHelpOptions = true, description = "Takes a role away, at once.")
    static final class Delete extends RemoteCommand {
        @Parameters(paramLabel = "GRANT", description = "The grant's id.")
        private long id;

        @Override
        public Integer call() throws IOException {
            client().grants().remove(id);
            output.json(Map.of("deleted", id));
            return ExitCode.OK;
        }
    }
}
