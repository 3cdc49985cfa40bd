package dev.slipway.cli;

import dev.slipway.client.auth.Login;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;

@Command(
        name = "logout",
        mixinStandardHelpOptions = true,
        description = "Ends your login at a companion: none of its tokens is accepted any more.",
        footer = {"", "Examples:", "  slipway logout", "  slipway logout --url https://slipway.example"})
final class LogoutCommand extends RemoteCommand {
    @Override
    public Integer call() throws IOException {
        String server = connection.address();
        Optional<Login> login = connection.logins().remove(server);
        if (login.isPresent()) {
            connection.tokenEndpoint().revoke(login.get().refreshToken());
        }
        output.json(Map.of("url", server, "was_logged_in", login.isPresent()));
        output.result(login.isPresent() ? "logged out at " + server : "you were not logged in at " + server);
        return ExitCode.OK;
    }
}
