package dev.slipway.server.database;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server of our own: durable, with a password, on loopback only. It outlives this process when that is
 * killed; the next start attaches to it. One process at a time may use a directory.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final String USER = "slipway";
    /** The line of postmaster.pid that holds the port. */
    private static final int PORT_LINE = 4;

    private static final int MOST_CONNECTIONS = 100;
    /** Of the server's own cache, in megabytes. */
    private static final int LEAST_BUFFERS = 128;

    private static final int MOST_BUFFERS = 1024;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /**
     * Where a server lives and how careful it is.
     *
     * @param home the directory of its data, password and log
     * @param programs the directory of PostgreSQL's programs, unpacked when missing; may be shared
     * @param durable false lets a power cut lose data: for tests
     */
    public record Location(Path home, Path programs, boolean durable) {}

    private final Path home;
    private final Path data;
    private final Path programs;
    private final boolean durable;
    private final Privileges privileges;
    private final FileChannel lock;
    private String password = "";
    private int port;

    private EmbeddedPostgres(Location location, Privileges privileges, FileChannel lock) {
        this.home = location.home();
        this.data = home.resolve("data");
        this.programs = location.programs();
        this.durable = location.durable();
        this.privileges = privileges;
        this.lock = lock;
    }

    /**
     * Starts the server, or attaches to the one that still runs on the directory.
     *
     * @throws IOException when another process uses the directory, or the server does not start; the message says where
     *     its log is
     */
    public static EmbeddedPostgres start(Location location) throws IOException {
        Files.createDirectories(location.home());
        Path home = location.home().toRealPath();
        FileChannel lock = lock(home);
        try {
            EmbeddedPostgres server = new EmbeddedPostgres(
                    new Location(home, location.programs().toAbsolutePath(), location.durable()),
                    Privileges.forThisProcess(),
                    lock);
            server.launch();
            return server;
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /**
     * How to reach the server that another process has running on a directory, to look at what is in it.
     *
     * @throws IOException when none runs there
     */
    public static DatabaseAddress running(Path home, String database) throws IOException {
        if (Files.exists(home.resolve("data").resolve("PG_VERSION"))) {
            Path real = home.toRealPath();
            try (FileChannel none = FileChannel.open(real.resolve("lock"), StandardOpenOption.READ)) {
                EmbeddedPostgres server = new EmbeddedPostgres(
                        new Location(real, real.resolve("programs"), true), Privileges.forThisProcess(), none);
                Optional<Integer> live = server.livePort();
                if (live.isPresent()) {
                    server.password = Files.readString(server.passwordFile());
                    server.port = live.get();
                    return server.address(database);
                }
            }
        }
        throw new IOException("no companion runs on " + home + ": start it, or name its directory");
    }

    private static FileChannel lock(Path home) throws IOException {
        FileChannel channel =
                FileChannel.open(home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            LOG.debug("this process uses {} already", home);
        }
        channel.close();
        throw new IOException("another companion uses the database directory " + home
                + ": stop it, or give this one another directory");
    }

    private void launch() throws IOException {
        PostgresBinaries.unpack(programs);
        if (!Files.exists(data.resolve("PG_VERSION"))) {
            initialise();
        }
        password = Files.readString(passwordFile());
        Optional<Integer> live = livePort();
        if (live.isPresent()) {
            port = live.get();
            awaitReady();
            LOG.info("attached to the PostgreSQL server that was still running on {}", data);
            return;
        }
        port = freePort();
        startServer();
    }

    /** Starts the server again, on its port, when it was killed; to be called now and then. */
    public void revive() throws IOException {
        if (livePort().isEmpty()) {
            LOG.warn("the embedded PostgreSQL is gone; starting it again");
            startServer();
        }
    }

    private void startServer() throws IOException {
        run(
                program("pg_ctl"),
                "-D",
                data.toString(),
                "-w",
                "-t",
                String.valueOf(PATIENCE.toSeconds()),
                "-l",
                data.resolve("server.log").toString(),
                "-o",
                options(),
                "start");
    }

    private String options() {
        String options = "-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
                + " -c max_connections=" + MOST_CONNECTIONS + " -c timezone=UTC -c shared_buffers="
                + (durable ? sharedBuffers() : LEAST_BUFFERS) + "MB";
        return durable ? options : options + " -c fsync=off -c synchronous_commit=off -c full_page_writes=off";
    }

    /** An eighth of the machine's memory, or of what its container may have, within bounds. In megabytes. */
    private static long sharedBuffers() {
        long memory =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize() >> 20;
        return Math.max(LEAST_BUFFERS, Math.min(MOST_BUFFERS, memory / 8));
    }

    /** Makes the data directory beside its final place, so that a crash half way leaves nothing that looks whole. */
    private void initialise() throws IOException {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        writeSecret(passwordFile(), HexFormat.of().formatHex(random));
        Path partial = home.resolve("data.part");
        PostgresBinaries.delete(partial);
        if (privileges.foreignUser()) {
            // The programs run as a user that cannot enter our directories unless these may be passed through.
            Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx--x--x"));
        }
        privileges.own(partial);
        Path copy = partial.resolveSibling("password.part");
        writeSecret(copy, Files.readString(passwordFile()));
        privileges.give(copy);
        try {
            run(
                    program("initdb"),
                    "-D",
                    partial.toString(),
                    "-U",
                    USER,
                    "-A",
                    "scram-sha-256",
                    "--pwfile=" + copy,
                    "-E",
                    "UTF8",
                    "--locale=C",
                    "--data-checksums",
                    durable ? "--sync-method=fsync" : "--no-sync");
        } finally {
            Files.deleteIfExists(copy);
        }
        Files.move(partial, data, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void writeSecret(Path file, String secret) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, secret);
    }

    private Path passwordFile() {
        return home.resolve("password");
    }

    /** The port of a server that runs on our data directory now; process ids are reused, so the id alone says nothing. */
    private Optional<Integer> livePort() throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(pidFile);
        if (lines.size() < PORT_LINE || !isOurPostmaster(lines.get(0).strip())) {
            return Optional.empty();
        }
        return Optional.of(Integer.valueOf(lines.get(PORT_LINE - 1).strip()));
    }

    /** Waits until the attached server takes connections: it may have been starting, or recovering, when its owner died. */
    private void awaitReady() throws IOException {
        DatabaseAddress address = address("postgres");
        Instant end = Instant.now().plus(PATIENCE);
        for (; ; ) {
            try {
                DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password())
                        .close();
                return;
            } catch (SQLException e) {
                if (Instant.now().isAfter(end)) {
                    throw new IOException("PostgreSQL runs on " + data + " but takes no connections", e);
                }
                pause();
            }
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for PostgreSQL", e);
        }
    }

    private boolean isOurPostmaster(String pid) {
        Path process = Path.of("/proc", pid);
        try {
            // A postmaster's working directory is its data directory.
            return Files.readString(process.resolve("cmdline")).contains("postgres")
                    && process.resolve("cwd").toRealPath().equals(data.toRealPath());
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private String program(String name) {
        return programs.resolve("bin").resolve(name).toString();
    }

    private void run(String... command) throws IOException {
        List<String> all = new ArrayList<>(privileges.prefix());
        all.addAll(List.of(command));
        Path log = home.resolve("launch.log");
        ProcessBuilder builder = new ProcessBuilder(all)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.to(log.toFile()));
        builder.environment().put("LC_ALL", "C");
        try {
            Process process = builder.start();
            if (!process.waitFor(PATIENCE.toSeconds() + 60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(command[0] + " did not end within " + PATIENCE);
            }
            if (process.exitValue() != 0) {
                throw new IOException(Path.of(command[0]).getFileName() + " ended with " + process.exitValue()
                        + "; see " + log + " and " + data.resolve("server.log"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while PostgreSQL was started or stopped", e);
        }
    }

    /** How to reach a database of this server. */
    public DatabaseAddress address(String database) {
        return new DatabaseAddress("jdbc:postgresql://127.0.0.1:" + port + "/" + database, USER, password);
    }

    /** Ends all connections and stops the server. */
    @Override
    public void close() throws IOException {
        try {
            run(program("pg_ctl"), "-D", data.toString(), "-w", "-m", "fast", "stop");
        } finally {
            lock.close();
        }
    }
}
