package dev.slipway.cli;

import dev.slipway.client.auth.TokenSource;
import dev.slipway.client.http.Api;
import dev.slipway.client.http.Pause;
import dev.slipway.client.http.RetryPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
            description = "A file that holds the API token; also SLIPWAY_TOKEN. Default: the bootstrap token in the"
                    + " var directory.")
    private @Nullable Path tokenFile;

    /** Opens the connection; nothing is sent yet. */
    public Api open() throws IOException {
        OkHttpClient.Builder http = Api.defaults(new OkHttpClient.Builder());
        return new Api(http.build(), address(), TokenSource.fixed(token()), RetryPolicy.standard(), Pause.sleeping());
    }

    String address() throws IOException {
        if (url != null) {
            return url;
        }
        String fromEnvironment = System.getenv("SLIPWAY_URL");
        if (fromEnvironment != null && !fromEnvironment.isBlank()) {
            return fromEnvironment;
        }
        Path written = Var.directory().resolve("url");
        return Files.isReadable(written) ? Files.readString(written).strip() : "http://127.0.0.1:8080";
    }

    private String token() throws IOException {
        if (tokenFile != null) {
            return read(tokenFile);
        }
        String fromEnvironment = System.getenv("SLIPWAY_TOKEN");
        if (fromEnvironment != null && !fromEnvironment.isBlank()) {
            return fromEnvironment.strip();
        }
        Path bootstrap = Var.directory().resolve("bootstrap-token");
        if (Files.isReadable(bootstrap)) {
            return read(bootstrap);
        }
        throw new CliException(
                ExitCode.DENIED,
                "no token: give --token-file or SLIPWAY_TOKEN; the companion's first start wrote one to " + bootstrap);
    }

    private static String read(Path file) throws IOException {
        String token = Files.readString(file).strip();
        if (token.isEmpty()) {
            throw new CliException(ExitCode.DENIED, "the token file is empty: " + file);
        }
        return token;
    }
}
