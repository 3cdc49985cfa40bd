package dev.slipway.cli;

import dev.slipway.client.auth.ClientSecret;
import dev.slipway.client.auth.LoginFile;
import dev.slipway.client.auth.TokenCache;
import dev.slipway.client.auth.TokenEndpoint;
import dev.slipway.client.auth.TokenSource;
import dev.slipway.client.http.Api;
import dev.slipway.client.http.Pause;
import dev.slipway.client.http.RetryPolicy;
import dev.slipway.client.servers.ServerUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which companion a command talks to, and as whom. */
public final class Connection {
    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The companion; also SLIPWAY_URL. Default: the one running in the var directory, else"
                    + " http://127.0.0.1:8080.")
    private @Nullable String url;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description =
                    "A file that holds the API token, read again when that is refused; also SLIPWAY_TOKEN. Default:"
                            + " your login, else the bootstrap token in the var directory.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--client-id",
            paramLabel = "ID",
            description = "Act as a service client instead; also SLIPWAY_CLIENT_ID.")
    private @Nullable String clientId;

    @Option(
            names = "--client-secret-file",
            paramLabel = "FILE",
            description = "A file that holds the client's secret; also SLIPWAY_CLIENT_SECRET_FILE.")
    private @Nullable Path clientSecretFile;

    @Option(
            names = "--login-file",
            paramLabel = "FILE",
            description = "Where your logins are kept. Default: ~/.config/slipway/logins.json.")
    private @Nullable Path loginFile;

    private final OkHttpClient http = Api.defaults(new OkHttpClient.Builder()).build();

    /** Opens the connection; nothing is sent yet. */
    public Api open() throws IOException {
        return open(tokens());
    }

    /** As {@link #open}, as the person who logged in. */
    Api openLogin() throws IOException {
        return open(logins().source(address(), tokenEndpoint()));
    }

    private Api open(TokenSource tokens) throws IOException {
        return new Api(http, address(), tokens, RetryPolicy.standard(), Pause.sleeping());
    }

    /** Where tokens are to be had; not before it was found that nobody can read them on the way. */
    TokenEndpoint tokenEndpoint() throws IOException {
        String address = address();
        if (ServerUrl.isReadableOnTheWay(address)) {
            throw new CliException(
                    ExitCode.USAGE, "refusing to send a secret in the clear to " + address + "; use its https address");
        }
        return new TokenEndpoint(http, address, Clock.systemUTC());
    }

    /** The logins of whoever runs this program. */
    LoginFile logins() {
        return new LoginFile(loginFile == null ? usualLoginFile() : loginFile, Clock.systemUTC());
    }

    private static Path usualLoginFile() {
        String given = Environment.of("XDG_CONFIG_HOME");
        Path home = given == null ? Path.of(System.getProperty("user.home"), ".config") : Path.of(given);
        return home.resolve("slipway").resolve("logins.json");
    }

    private TokenSource tokens() throws IOException {
        if (tokenFile != null) {
            read(tokenFile);
            return TokenSource.file(tokenFile);
        }
        if (clientId != null || clientSecretFile != null) {
            return ofClient(clientId, clientSecretFile);
        }
        String fromEnvironment = Environment.of("SLIPWAY_TOKEN");
        if (fromEnvironment != null) {
            return TokenSource.fixed(fromEnvironment);
        }
        String client = Environment.of("SLIPWAY_CLIENT_ID");
        if (client != null) {
            String file = Environment.of("SLIPWAY_CLIENT_SECRET_FILE");
            return ofClient(client, file == null ? null : Path.of(file));
        }
        if (logins().has(address())) {
            return logins().source(address(), tokenEndpoint());
        }
        return TokenSource.fixed(bootstrapToken());
    }

    private TokenSource ofClient(@Nullable String id, @Nullable Path secretFile) throws IOException {
        if (id == null || secretFile == null) {
            throw new CliException(ExitCode.USAGE, "a service client needs both --client-id and --client-secret-file");
        }
        ClientSecret client = new ClientSecret(id, read(secretFile));
        TokenEndpoint endpoint = tokenEndpoint();
        return new TokenCache(Clock.systemUTC())
                .source(address(), client, Set.of(), () -> endpoint.mint(client, Set.of()));
    }

    String address() throws IOException {
        if (url != null) {
            return url;
        }
        String fromEnvironment = Environment.of("SLIPWAY_URL");
        if (fromEnvironment != null) {
            return fromEnvironment;
        }
        Path written = Var.directory().resolve("url");
        return Files.isReadable(written) ? Files.readString(written).strip() : "http://127.0.0.1:8080";
    }

    private static String bootstrapToken() throws IOException {
        Path bootstrap = Var.directory().resolve("bootstrap-token");
        if (Files.isReadable(bootstrap)) {
            return read(bootstrap);
        }
        throw new CliException(
                ExitCode.DENIED,
                "no token: log in with slipway login, or give --token-file or SLIPWAY_TOKEN; the companion's first start"
                        + " wrote one to " + bootstrap);
    }

    private static String read(Path file) throws IOException {
        String token = Files.readString(file).strip();
        if (token.isEmpty()) {
            throw new CliException(ExitCode.DENIED, "this file is empty: " + file);
        }
        return token;
    }
}
