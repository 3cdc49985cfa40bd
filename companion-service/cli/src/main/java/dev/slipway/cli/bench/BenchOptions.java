package dev.slipway.cli.bench;

import dev.slipway.cli.Var;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a run happens. */
final class BenchOptions {
    @Option(
            names = "--var",
            paramLabel = "DIR",
            description =
                    "Where the bench's companion and its database are kept; also SLIPWAY_VAR. Default: var/bench.")
    private @Nullable Path var;

    @Option(
            names = "--database-url-file",
            paramLabel = "FILE",
            description = "Holds the URL of an external PostgreSQL database that is empty. Default: an embedded one.")
    private @Nullable Path databaseUrlFile;

    @Option(names = "--keep", description = "Leave the data in place; the next run with --keep takes it up again.")
    private boolean keep;

    @Option(
            names = "--scale",
            defaultValue = "1",
            description = "The part of the full amount of data to measure with. Default: ${DEFAULT-VALUE}.")
    private double scale;

    boolean keep() {
        return keep;
    }

    /** Of a number that the scale applies to; at least {@code least}. */
    long scaled(long number, long least) {
        return Math.max(least, Math.round(number * scale));
    }

    boolean isFullSize() {
        return scale >= 1;
    }

    Path home(String bench) {
        Path base = var != null ? var.toAbsolutePath() : Var.directory().resolve("bench");
        return base.resolve(bench);
    }

    @Nullable
    String databaseUrl() throws IOException {
        return databaseUrlFile == null
                ? null
                : Files.readString(databaseUrlFile).strip();
    }
}
