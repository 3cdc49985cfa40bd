package dev.slipway.packages.rpm;

import dev.slipway.packages.fixtures.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The real rpmkeys with a database that holds the given keys and no others. */
final class RpmKeys {
    private final Path database;

    RpmKeys(Path directory, String... armored) throws IOException {
        database = Files.createTempDirectory(directory, "rpmdb");
        for (String certificate : armored) {
            Path file = Files.writeString(database.resolve("key.asc"), certificate);
            Command.of("rpmkeys", "--define", "_dbpath " + database, "--import", file)
                    .run();
        }
    }

    /** Checks a package at the strictest level; its exit code is 0 only when signature and digests are good. */
    Command.Result check(Path rpm) {
        return Command.of(
                        "rpmkeys",
                        "--define",
                        "_dbpath " + database,
                        "--define",
                        "_pkgverify_level all",
                        "--checksig",
                        "-v",
                        rpm)
                .exec();
    }
}
