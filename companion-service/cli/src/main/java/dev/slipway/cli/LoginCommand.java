package dev.slipway.cli;

import dev.slipway.api.identity.User;
import dev.slipway.client.auth.Login;
import dev.slipway.client.auth.LoginRequest;
import dev.slipway.client.auth.TokenEndpoint;
import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Scanner;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "login",
        mixinStandardHelpOptions = true,
        description = {
            "Logs you in at a companion with your browser; other commands then act as you.",
            "The login is kept in ~/.config/slipway/logins.json, readable by you alone."
        },
        footer = {
            "",
            "Examples:",
            "  slipway login --url https://slipway.example",
            "  slipway login --no-browser --url https://slipway.example     on a machine without a browser"
        })
final class LoginCommand extends RemoteCommand {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @Option(
            names = "--no-browser",
            description = "Show an address to open anywhere, and ask for the code that it ends with.")
    private boolean noBrowser;

    @Option(
            names = "--browser",
            paramLabel = "PROGRAM",
            description = "What opens addresses. Default: xdg-open, on a Mac open.")
    private @Nullable String browser;

    @Override
    public Integer call() throws IOException, InterruptedException {
        String server = connection.address();
        TokenEndpoint endpoint = connection.tokenEndpoint();
        TokenEndpoint.Metadata metadata = endpoint.metadata();
        Login login = noBrowser ? byHand(endpoint, metadata) : byBrowser(endpoint, metadata);
        connection.logins().put(server, login);
        User user = connection.openLogin().request("GET", "users", "").as(User.class);
        output.json(user);
        output.result("logged in at " + server + " as " + user.username());
        return ExitCode.OK;
    }

    private Login byBrowser(TokenEndpoint endpoint, TokenEndpoint.Metadata metadata)
            throws IOException, InterruptedException {
        try (LoopbackAnswer answer = LoopbackAnswer.listen()) {
            LoginRequest request = LoginRequest.to(answer.address());
            HttpUrl address = request.address(metadata.authorizationEndpoint());
            output.say("open this address in your browser, if it does not open by itself:");
            output.say(address.toString());
            Browser.open(browser, address.toString());
            return endpoint.redeem(request, answer.code(request.state(), metadata.issuer(), PATIENCE));
        }
    }

    private Login byHand(TokenEndpoint endpoint, TokenEndpoint.Metadata metadata) throws IOException {
        LoginRequest request = LoginRequest.to(metadata.issuer() + "/oauth/code");
        output.say("open this address in a browser, and copy the code that it ends with:");
        output.say(request.address(metadata.authorizationEndpoint()).toString());
        String code = read("code: ");
        if (code.isEmpty()) {
            throw new CliException(ExitCode.USAGE, "no code was given");
        }
        return endpoint.redeem(request, code);
    }

    private String read(String prompt) {
        Console console = System.console();
        if (console != null) {
            char[] typed = console.readPassword("%s", prompt);
            return typed == null ? "" : new String(typed).strip();
        }
        Scanner lines = new Scanner(System.in, StandardCharsets.UTF_8);
        return lines.hasNextLine() ? lines.nextLine().strip() : "";
    }
}
