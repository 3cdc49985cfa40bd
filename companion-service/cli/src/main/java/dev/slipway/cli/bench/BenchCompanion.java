package dev.slipway.cli.bench;

import dev.slipway.cli.ChildProcess;
import dev.slipway.cli.Poll;
import dev.slipway.server.database.DatabaseAddress;
import dev.slipway.server.database.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/** A companion that serves the bench alone, as a process of its own with the program's usual memory. */
final class BenchCompanion implements AutoCloseable {
    private final Path home;
    private final boolean keep;
    private final ChildProcess process;
    private final URI url;
    private final DatabaseAddress database;

    private BenchCompanion(Path home, boolean keep, ChildProcess process, URI url, DatabaseAddress database) {
        this.home = home;
        this.keep = keep;
        this.process = process;
        this.url = url;
        this.database = database;
    }

    /** Starts it on the data that a former run kept, or on none. */
    static BenchCompanion start(String bench, BenchOptions options, String... more)
            throws IOException, InterruptedException {
        Path home = options.home(bench);
        if (!options.keep()) {
            delete(home);
        }
        Path var = Files.createDirectories(home.resolve("companion"));
        Path urlFile = var.resolve("url");
        Files.deleteIfExists(urlFile);
        List<String> arguments = new ArrayList<>(List.of("server", "--listen", "127.0.0.1:0"));
        arguments.addAll(List.of(more));
        String databaseUrl = options.databaseUrl();
        if (databaseUrl != null) {
            arguments.addAll(List.of("--database-url-file", secret(home.resolve("database-url"), databaseUrl)));
        }
        ChildProcess process = ChildProcess.start(
                "companion", home.resolve("companion.log"), Map.of("SLIPWAY_VAR", var.toString()), arguments);
        Runtime.getRuntime().addShutdownHook(new Thread(process::close)); // also of a run that is broken off
        try {
            String url = Poll.until(
                    () -> {
                        process.checkAlive();
                        return Files.exists(urlFile) ? Files.readString(urlFile).strip() : "";
                    },
                    seen -> !seen.isEmpty());
            DatabaseAddress database = databaseUrl != null
                    ? DatabaseAddress.parse(databaseUrl)
                    : EmbeddedPostgres.running(var.resolve("postgres"), "postgres");
            return new BenchCompanion(home, options.keep(), process, URI.create(url), database);
        } catch (IOException | RuntimeException e) {
            process.close();
            throw e;
        }
    }

    private static String secret(Path file, String content) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, content, StandardOpenOption.WRITE);
        return file.toString();
    }

    URI url() {
        return url;
    }

    DatabaseAddress database() {
        return database;
    }

    /** The processor time that the parts of the run have taken so far. */
    CpuTimes cpu() throws IOException {
        Path postmaster = home.resolve("companion/postgres/data/postmaster.pid");
        return new CpuTimes(
                CpuTimes.of(ProcessHandle.current().pid()),
                CpuTimes.of(process.pid()),
                Files.exists(postmaster)
                        ? CpuTimes.ofFamily(Long.parseLong(
                                Files.readAllLines(postmaster).get(0).strip()))
                        : 0);
    }

    /** The processor time that its compiler has taken so far, in seconds. */
    double compilerSeconds() throws IOException {
        return CpuTimes.ofCompiler(process.pid());
    }

    /** A directory for files of the run. */
    Path home() {
        return home;
    }

    String adminToken() throws IOException {
        Path file = home.resolve("companion/bootstrap-token");
        if (!Files.exists(file)) {
            throw new IOException("the database was another companion's before: give the bench an empty one");
        }
        return Files.readString(file).strip();
    }

    /** A connection beside the companion's. */
    Connection connect() throws SQLException {
        Properties properties = new Properties();
        if (database.user() != null) {
            properties.setProperty("user", database.user());
        }
        if (database.password() != null) {
            properties.setProperty("password", database.password());
        }
        return DriverManager.getConnection(database.jdbcUrl(), properties);
    }

    /** Stops it, and removes what it kept unless that was to be kept. */
    @Override
    public void close() throws IOException {
        process.close();
        if (!keep) {
            delete(home);
        }
    }

    private static void delete(Path home) throws IOException {
        if (!Files.exists(home)) {
            return;
        }
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
