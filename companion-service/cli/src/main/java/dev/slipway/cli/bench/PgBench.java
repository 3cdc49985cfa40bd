package dev.slipway.cli.bench;

import dev.slipway.server.database.DatabaseAddress;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** PostgreSQL's own measuring program: the peer that speaks to the database without anything in between. */
final class PgBench {
    /** How to get it where it is missing. */
    static final String INSTALL = "apt-get install --no-install-recommends postgresql-15";

    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
    private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+) \\(without initial connection time\\)");
    private static final int THREADS = 2;

    private final Path program;

    private PgBench(Path program) {
        this.program = program;
    }

    /** The one on the path, else the newest of Debian's. */
    static Optional<PgBench> find() throws IOException {
        List<Path> found = new ArrayList<>();
        for (String directory : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            found.add(Path.of(directory, "pgbench"));
        }
        if (Files.isDirectory(DEBIAN)) {
            try (Stream<Path> versions = Files.list(DEBIAN)) {
                versions.map(version -> version.resolve("bin/pgbench"))
                        .sorted(Comparator.reverseOrder())
                        .forEach(found::add);
            }
        }
        return found.stream().filter(Files::isExecutable).findFirst().map(PgBench::new);
    }

    /** Runs a script this often, spread over clients; transactions in a second. */
    double perSecond(DatabaseAddress database, Path script, int clients, int transactions)
            throws IOException, InterruptedException {
        URI address = URI.create(database.jdbcUrl().substring("jdbc:".length()));
        ProcessBuilder builder = new ProcessBuilder(
                        program.toString(),
                        "--no-vacuum",
                        "--protocol=prepared",
                        "--client=" + clients,
                        "--jobs=" + THREADS,
                        "--transactions=" + transactions / clients,
                        "--file=" + script)
                .redirectErrorStream(true);
        builder.environment().put("PGHOST", address.getHost());
        builder.environment().put("PGPORT", String.valueOf(address.getPort() < 0 ? 5432 : address.getPort()));
        builder.environment().put("PGDATABASE", address.getPath().substring(1));
        if (database.user() != null) {
            builder.environment().put("PGUSER", database.user());
        }
        if (database.password() != null) {
            builder.environment().put("PGPASSWORD", database.password());
        }
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher rate = RATE.matcher(said);
        if (process.waitFor() != 0 || !rate.find()) {
            throw new IOException("pgbench failed: " + said);
        }
        return Double.parseDouble(rate.group(1));
    }
}
