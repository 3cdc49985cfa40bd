package dev.slipway.cli;

import dev.slipway.server.Companion;
import dev.slipway.server.CompanionConfig;
import dev.slipway.server.http.HttpAddress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "server",
        mixinStandardHelpOptions = true,
        description = "Runs the companion until it is stopped.",
        footer = {
            "",
            "Examples:",
            "  slipway server",
            "  slipway server --listen 0.0.0.0:8080 --insecure-http --public-url https://slipway.example/",
            "  slipway server --database-url-file /etc/slipway/database-url --set tasks.lease=PT60S"
        })
final class ServerCommand implements Callable<Integer> {
    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:8080",
            description = "Where to listen; port 0 takes a free one. Default: ${DEFAULT-VALUE}.")
    private String listen = "";

    @Option(
            names = "--var",
            paramLabel = "DIR",
            description = "Where everything is kept; also SLIPWAY_VAR. Default: var.")
    private @Nullable Path var;

    @Option(
            names = "--database-url-file",
            paramLabel = "FILE",
            description = "Holds the URL of an external PostgreSQL, postgresql://USER:PASSWORD@HOST/DATABASE; also"
                    + " SLIPWAY_DATABASE_URL. Default: an embedded one.")
    private @Nullable Path databaseUrlFile;

    @Option(names = "--public-url", paramLabel = "URL", description = "How callers reach the companion, for links.")
    private @Nullable URI publicUrl;

    @Option(
            names = "--insecure-http",
            description = "Accept plain HTTP beyond loopback, for example behind a proxy that speaks TLS.")
    private boolean insecureHttp;

    @Option(names = "--set", paramLabel = "NAME=VALUE", description = "A setting by name; see the operations guide.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        CompanionConfig config = CompanionConfig.defaults(var != null ? var.toAbsolutePath() : Var.directory())
                .withListen(address(listen))
                .withDatabaseUrl(databaseUrl())
                .withPublicUrl(publicUrl)
                .withInsecureHttp(insecureHttp)
                .withSettings(settings);
        Companion companion = Companion.start(config);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            companion.close();
            stopped.countDown();
        }));
        System.err.println("slipway: the companion serves on " + companion.url());
        companion
                .bootstrapToken()
                .ifPresent(token -> System.err.println("slipway: the admin's first token, shown once and kept in "
                        + config.var().resolve("bootstrap-token") + ":\n" + token));
        stopped.await();
        return ExitCode.OK;
    }

    private @Nullable String databaseUrl() throws IOException {
        if (databaseUrlFile != null) {
            return Files.readString(databaseUrlFile).strip();
        }
        return Environment.of("SLIPWAY_DATABASE_URL");
    }

    private static HttpAddress address(String text) {
        int colon = text.lastIndexOf(':');
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            if (colon > 0 && port >= 0 && port <= 65535) {
                return new HttpAddress(text.substring(0, colon).replaceAll("^\\[(.*)]$", "$1"), port);
            }
        } catch (NumberFormatException e) {
            // Said below, in the same words as for every other mistake.
        }
        throw new CliException(ExitCode.USAGE, "not HOST:PORT: '" + text + "'");
    }
}
