package dev.slipway.cli.demo;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The demo's sources as git repositories: the same content gives the same commits. */
final class DemoSources {
    /** Built first, in this order. */
    static final List<String> FIRST = List.of("tidewords", "libfathom", "portfacts");
    /** Built second: it needs the library of the first build. */
    static final List<String> SECOND = List.of("soundings");

    private static final String DATE = "2026-11-02T09:00:00+0000";

    private final Path directory;

    DemoSources(Path directory) {
        this.directory = directory;
    }

    /** Where a source is, once {@link #prepare} was called. */
    String url(String name) {
        return "file://" + directory.resolve(name);
    }

    /** Writes the sources and commits what changed. */
    void prepare() throws IOException, InterruptedException {
        for (String name : Stream.concat(FIRST.stream(), SECOND.stream()).toList()) {
            Path to = directory.resolve(name);
            Files.createDirectories(to);
            copy(name, to);
            if (!Files.isDirectory(to.resolve(".git"))) {
                git(to, "init", "--quiet", "--initial-branch=main");
            }
            git(to, "add", "--all");
            if (!git(to, "status", "--porcelain").isBlank()) {
                git(to, "commit", "--quiet", "--message", "Source of " + name);
                git(to, "tag", "--force", "demo");
            }
        }
    }

    private void copy(String name, Path to) throws IOException {
        try {
            URI resource = DemoSources.class.getResource("sources/" + name).toURI();
            if (resource.getScheme().equals("jar")) {
                try (FileSystem jar = FileSystems.newFileSystem(resource, Map.of())) {
                    copyTree(jar.provider().getPath(resource), to);
                }
            } else {
                copyTree(Path.of(resource), to);
            }
        } catch (URISyntaxException e) {
            throw new IOException("the program's own resources cannot be read", e);
        }
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                    continue;
                }
                try (InputStream in = Files.newInputStream(file)) {
                    byte[] content = in.readAllBytes();
                    Files.write(target, content);
                    // A jar keeps no modes; what starts with #! is a program.
                    boolean program = content.length > 1 && content[0] == '#' && content[1] == '!';
                    Files.setPosixFilePermissions(
                            target, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
                }
            }
        }
    }

    private static String git(Path in, String... arguments) throws IOException, InterruptedException {
        ProcessBuilder git = new ProcessBuilder(Stream.concat(
                        Stream.of("git", "-c", "core.hooksPath=/dev/null", "-c", "safe.directory=*"),
                        Stream.of(arguments))
                .toList());
        Map<String, String> environment = git.environment();
        for (String who : List.of("AUTHOR", "COMMITTER")) {
            environment.put("GIT_" + who + "_NAME", "Slipway");
            environment.put("GIT_" + who + "_EMAIL", "packages@slipway.example");
            environment.put("GIT_" + who + "_DATE", DATE);
        }
        Process process = git.directory(in.toFile()).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
            throw new IOException("git " + arguments[0] + " in " + in + " failed: " + said.strip());
        }
        return said;
    }
}
