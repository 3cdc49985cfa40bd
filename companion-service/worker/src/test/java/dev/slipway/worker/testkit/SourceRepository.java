package dev.slipway.worker.testkit;

import dev.slipway.api.builds.RefType;
import dev.slipway.worker.jobs.SourceSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A Git repository made by a test. */
public final class SourceRepository {
    private final Path directory;

    private SourceRepository(Path directory) {
        this.directory = directory;
    }

    /** Makes a repository with one commit of these files; those named {@code *.sh} and debian/rules are executable. */
    public static SourceRepository of(Path parent, String name, Map<String, String> files) {
        try {
            SourceRepository repository = new SourceRepository(Files.createDirectories(parent.resolve(name)));
            repository.git("init", "-q", "-b", "main");
            repository.commit(files);
            return repository;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds a commit and returns its hash. */
    public String commit(Map<String, String> files) {
        try {
            for (Map.Entry<String, String> entry : files.entrySet()) {
                Path file = directory.resolve(entry.getKey());
                Files.createDirectories(file.getParent());
                Files.writeString(file, entry.getValue());
                boolean executable = entry.getKey().endsWith(".sh")
                        || entry.getKey().equals("debian/rules")
                        || (entry.getKey().startsWith("debian/tests/")
                                && !entry.getKey().endsWith("control"));
                if (executable && !file.toFile().setExecutable(true)) {
                    throw new IOException("cannot make " + file + " executable");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        git("add", "-A");
        git("commit", "-q", "--allow-empty", "-m", "change");
        return git("rev-parse", "HEAD").trim();
    }

    public String url() {
        return "file://" + directory;
    }

    public SourceSpec spec() {
        return spec(null, RefType.ANY);
    }

    public SourceSpec spec(@Nullable String ref, RefType type) {
        return new SourceSpec(url(), ref, type, null);
    }

    public String git(String... arguments) {
        List<String> line = new ArrayList<>(List.of(
                "git",
                "-c",
                "user.name=Slipway",
                "-c",
                "user.email=packages@slipway.example",
                "-c",
                "commit.gpgsign=false"));
        line.addAll(List.of(arguments));
        return run(line, directory);
    }

    static String run(List<String> line, Path directory) {
        try {
            Process process = new ProcessBuilder(line)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", line) + ": " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
