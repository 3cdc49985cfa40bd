package dev.slipway.worker.testkit;

import com.sun.net.httpserver.HttpServer;
import dev.slipway.worker.jobs.PackageFormat;
import dev.slipway.worker.jobs.RepositorySpec;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A package repository on the loopback interface. */
public final class LocalRepository implements AutoCloseable {
    private final HttpServer server;
    private final Path directory;
    private final PackageFormat format;

    private LocalRepository(Path directory, PackageFormat format) throws IOException {
        this.directory = directory;
        this.format = format;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            Path file = directory
                    .resolve(exchange.getRequestURI().getPath().substring(1))
                    .normalize();
            if (!file.startsWith(directory) || !Files.isRegularFile(file)) {
                exchange.sendResponseHeaders(404, -1);
                exchange.close();
                return;
            }
            exchange.sendResponseHeaders(200, Files.size(file));
            try (OutputStream body = exchange.getResponseBody()) {
                Files.copy(file, body);
            }
        });
        server.start();
    }

    /** Serves these packages, with metadata by createrepo_c. */
    public static LocalRepository rpm(Path directory, List<Path> packages) {
        try {
            LocalRepository repository = filled(directory, packages, PackageFormat.RPM);
            SourceRepository.run(List.of("createrepo_c", "-q", "--no-database", directory.toString()), directory);
            return repository;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Serves these packages as suite "build", with indexes by apt-ftparchive. */
    public static LocalRepository deb(Path directory, List<Path> packages) {
        try {
            Path pool = Files.createDirectories(directory.resolve("pool/main"));
            LocalRepository repository = filled(pool, packages, PackageFormat.DEB, directory);
            Path binary = Files.createDirectories(directory.resolve("dists/build/main/binary-amd64"));
            Files.writeString(
                    binary.resolve("Packages"),
                    SourceRepository.run(List.of("apt-ftparchive", "packages", "pool/main"), directory));
            String release = SourceRepository.run(
                    List.of(
                            "apt-ftparchive",
                            "-o=APT::FTPArchive::Release::Suite=build",
                            "-o=APT::FTPArchive::Release::Components=main",
                            "-o=APT::FTPArchive::Release::Architectures=amd64 all",
                            "release",
                            "dists/build"),
                    directory);
            Files.writeString(directory.resolve("dists/build/Release"), release);
            return repository;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static LocalRepository filled(Path directory, List<Path> packages, PackageFormat format)
            throws IOException {
        return filled(Files.createDirectories(directory), packages, format, directory);
    }

    private static LocalRepository filled(Path pool, List<Path> packages, PackageFormat format, Path top)
            throws IOException {
        for (Path file : packages) {
            Files.copy(file, pool.resolve(file.getFileName()));
        }
        return new LocalRepository(top, format);
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    public Path directory() {
        return directory;
    }

    /** Used without a signature check, before all others. */
    public RepositorySpec trusted() {
        boolean deb = format == PackageFormat.DEB;
        return new RepositorySpec(
                "build", url(), format, deb ? "build" : null, deb ? List.of("main") : List.of(), true, null, 10);
    }

    /** Checked with this key alone. */
    public RepositorySpec signedBy(String key) {
        RepositorySpec spec = trusted();
        return new RepositorySpec(
                spec.name(), spec.url(), format, spec.suite(), spec.components(), false, key, spec.priority());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
