package dev.slipway.cli;

import dev.slipway.server.blobs.BlobStore;
import dev.slipway.server.database.Database;
import dev.slipway.server.database.DatabaseAddress;
import dev.slipway.server.database.EmbeddedPostgres;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.export.Exporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = "Writes what channels show as plain trees, for mirrors and other web servers.",
        footer = {
            "",
            "Runs on the companion's machine, beside it. Files are hard links to the companion's store where",
            "they can be: serve them, and do not change them. Without a channel the channels are listed.",
            "",
            "Examples:",
            "  slipway export --to /srv/mirror harbour/el9/x86_64 harbour/el9/src",
            "  slipway export --to /srv/mirror --prune harbour/bookworm",
            "  slipway export"
        })
final class ExportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "CHANNEL", arity = "0..*", description = "The path below /repos/.")
    private List<String> channels = new ArrayList<>();

    @Option(names = "--to", paramLabel = "DIR", description = "Where the trees go, each under its channel's path.")
    private @Nullable Path target;

    @Option(
            names = "--prune",
            description = "Remove files there that the channel shows no more; clients that read the former index may"
                    + " still ask for them.")
    private boolean prune;

    @Option(
            names = "--var",
            paramLabel = "DIR",
            description = "The companion's directory; also SLIPWAY_VAR. Default: var.")
    private @Nullable Path var;

    @Option(
            names = "--database-url-file",
            paramLabel = "FILE",
            description =
                    "Holds the URL of an external PostgreSQL; also SLIPWAY_DATABASE_URL. Default: the embedded one.")
    private @Nullable Path databaseUrlFile;

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() throws IOException {
        Path home = var != null ? var.toAbsolutePath() : Var.directory();
        try (Database database = Database.connect(address(home))) {
            Exporter exporter = new Exporter(new Transactions(database), new BlobStore(home.resolve("blobs")));
            if (channels.isEmpty()) {
                List<String> all = exporter.channels();
                all.forEach(output::result);
                output.json(all);
                return ExitCode.OK;
            }
            Path to = target;
            if (to == null) {
                throw new CliException(ExitCode.USAGE, "say where to: --to DIR");
            }
            Map<String, Exporter.Exported> exported = new LinkedHashMap<>();
            for (String channel : channels) {
                output.say(channel + ": writing");
                Exporter.Exported done = exporter.export(channel, to.toAbsolutePath(), prune);
                exported.put(channel, done);
                output.result("%s: %d files, %d bytes; %d written, %d removed"
                        .formatted(channel, done.files(), done.bytes(), done.written(), done.removed()));
            }
            output.json(exported);
        }
        return ExitCode.OK;
    }

    private DatabaseAddress address(Path home) throws IOException {
        String url = databaseUrlFile != null
                ? Files.readString(databaseUrlFile).strip()
                : Environment.of("SLIPWAY_DATABASE_URL");
        return url == null || url.isBlank()
                ? EmbeddedPostgres.running(home.resolve("postgres"), "postgres")
                : DatabaseAddress.parse(url);
    }
}
