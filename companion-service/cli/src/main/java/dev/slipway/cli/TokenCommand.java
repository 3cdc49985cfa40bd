package dev.slipway.cli;

import dev.slipway.api.identity.Token;
import dev.slipway.api.identity.TokenRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "token",
        mixinStandardHelpOptions = true,
        description = "Makes, lists and revokes API tokens.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  slipway token create --role worker --owner build-host-1 --file /etc/slipway/worker-token build-host-1",
            "  slipway token create --scope builds:read --lifetime P30D dashboard",
            "  slipway token list",
            "  slipway token revoke 7"
        },
        subcommands = {TokenCommand.Create.class, TokenCommand.ListAll.class, TokenCommand.Revoke.class})
final class TokenCommand {
    private TokenCommand() {}

    @Command(name = "create", mixinStandardHelpOptions = true, description = "Makes a token and shows it once.")
    static final class Create extends RemoteCommand {
        @Mixin
        private final RoleOrScopes allowed = new RoleOrScopes();

        @Option(names = "--owner", paramLabel = "USER", description = "Whose token it is; yours when absent.")
        private @Nullable String owner;

        @Option(names = "--lifetime", paramLabel = "DURATION", description = "How long it is accepted, as P30D.")
        private @Nullable Duration lifetime;

        @Option(
                names = "--file",
                paramLabel = "FILE",
                description = "Write it there, readable by you alone, and do not show it.")
        private @Nullable Path file;

        @Parameters(paramLabel = "NAME", description = "What it is for.")
        private String name = "";

        @Override
        public Integer call() throws IOException {
            allowed.check();
            if (file != null) {
                PrivateFile.create(file);
            }
            Token token = client().tokens()
                    .create(new TokenRequest(
                            name,
                            allowed.scopes(),
                            allowed.role(),
                            lifetime == null ? null : lifetime.toSeconds(),
                            owner));
            String secret = Objects.requireNonNull(token.token(), "the companion gave no token");
            if (file != null) {
                Files.writeString(file, secret + "\n");
                output.result("token " + token.id() + " is in " + file);
            } else {
                output.json(token);
                output.result(secret);
            }
            return ExitCode.OK;
        }
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists tokens, without their secrets.")
    static final class ListAll extends RemoteCommand {
        @Override
        public Integer call() throws IOException {
            List<Token> tokens = client().tokens().list();
            output.json(tokens);
            Table table = new Table("ID", "NAME", "OWNER", "EXPIRES", "LAST USED", "SCOPES");
            tokens.forEach(t -> table.row(
                    t.id(), t.name(), t.owner(), t.expiresAt(), t.lastUsedAt(), String.join(" ", t.scopes())));
            output.result(table);
            return ExitCode.OK;
        }
    }

    @Command(name = "revoke", mixinStandardHelpOptions = true, description = "Revokes a token at once.")
    static final class Revoke extends RemoteCommand {
        @Parameters(paramLabel = "TOKEN", description = "The token's id.")
        private long id;

        @Override
        public Integer call() throws IOException {
            client().tokens().revoke(id);
            output.json(Map.of("revoked", id));
            return ExitCode.OK;
        }
    }
}
