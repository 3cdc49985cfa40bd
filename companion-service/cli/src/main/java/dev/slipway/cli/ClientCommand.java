package dev.slipway.cli;

import dev.slipway.api.identity.Client;
import dev.slipway.api.identity.ClientRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "client",
        mixinStandardHelpOptions = true,
        description =
                "Makes, lists and revokes service clients: programs that get short tokens with an id and a secret.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  slipway client create --role worker --secret-file /etc/slipway/client-secret build-host-1",
            "  slipway client create --role builder --json jenkins",
            "  slipway client list",
            "  slipway client renew 7 --secret-file /etc/slipway/client-secret",
            "  slipway client revoke 7"
        },
        subcommands = {
            ClientCommand.Create.class,
            ClientCommand.ListAll.class,
            ClientCommand.Renew.class,
            ClientCommand.Revoke.class
        })
final class ClientCommand {
    private ClientCommand() {}

    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            description = "Makes a client and shows its secret once.")
    static final class Create extends RemoteCommand {
        @Mixin
        private final RoleOrScopes allowed = new RoleOrScopes();

        @Option(
                names = "--secret-file",
                paramLabel = "FILE",
                description = "Write the secret there, readable by you alone, and do not show it.")
        private @Nullable Path secretFile;

        @Parameters(paramLabel = "NAME", description = "The service account that it acts as; made for it.")
        private String name = "";

        @Override
        public Integer call() throws IOException {
            allowed.check();
            if (secretFile != null) {
                PrivateFile.create(secretFile);
            }
            Client client = client().clients().create(new ClientRequest(name, allowed.scopes(), allowed.role()));
            show(output, client, secretFile);
            return ExitCode.OK;
        }
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists clients, without their secrets.")
    static final class ListAll extends RemoteCommand {
        @Override
        public Integer call() throws IOException {
            List<Client> clients = client().clients().list();
            output.json(clients);
            Table table = new Table("ID", "CLIENT ID", "ACCOUNT", "SECRET SINCE", "LAST USED", "SCOPES");
            clients.forEach(c -> table.row(
                    c.id(), c.clientId(), c.name(), c.secretAt(), c.lastUsedAt(), String.join(" ", c.scopes())));
            output.result(table);
            return ExitCode.OK;
        }
    }

    @Command(
            name = "renew",
            mixinStandardHelpOptions = true,
            description = "Gives a client a new secret; the former one and its tokens are refused at once.")
    static final class Renew extends RemoteCommand {
        @Option(
                names = "--secret-file",
                paramLabel = "FILE",
                description = "Write the secret there, readable by you alone, and do not show it. Must not exist.")
        private @Nullable Path secretFile;

        @Parameters(paramLabel = "CLIENT", description = "The client's id, the number that the list shows.")
        private long id;

        @Override
        public Integer call() throws IOException {
            if (secretFile != null) {
                PrivateFile.create(secretFile);
            }
            show(output, client().clients().renewSecret(id), secretFile);
            return ExitCode.OK;
        }
    }

    @Command(name = "revoke", mixinStandardHelpOptions = true, description = "Revokes a client and its tokens at once.")
    static final class Revoke extends RemoteCommand {
        @Parameters(paramLabel = "CLIENT", description = "The client's id, the number that the list shows.")
        private long id;

        @Override
        public Integer call() throws IOException {
            client().clients().revoke(id);
            output.json(Map.of("revoked", id));
            return ExitCode.OK;
        }
    }

    private static void show(Output output, Client client, @Nullable Path secretFile) throws IOException {
        String secret = Objects.requireNonNull(client.clientSecret(), "the companion gave no secret");
        if (secretFile == null) {
            output.json(client);
            output.result("client id      " + client.clientId());
            output.result("client secret  " + secret);
            return;
        }
        Files.writeString(secretFile, secret + "\n");
        output.json(new Client(
                client.id(),
                client.clientId(),
                client.name(),
                client.scopes(),
                client.createdAt(),
                client.secretAt(),
                client.lastUsedAt(),
                null));
        output.result("client id      " + client.clientId());
        output.result("client secret  in " + secretFile);
    }
}
