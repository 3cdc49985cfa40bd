package dev.slipway.worker.sources;

import dev.slipway.worker.tools.Captured;
import dev.slipway.worker.tools.Command;
import dev.slipway.worker.tools.HostTools;
import dev.slipway.worker.tools.LogSink;
import dev.slipway.worker.tools.Supervision;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs git with a configuration of its own: no hooks, no prompts, no transports but the allowed ones, no submodules, and no
 * file larger than the limit.
 */
final class Git {
    private static final String CONFIGURATION = """
            [core]
                hooksPath = /dev/null
                symlinks = true
            [safe]
                directory = *
            [protocol]
                allow = never
            [protocol "https"]
                allow = always
            [protocol "http"]
                allow = always
            [protocol "ssh"]
                allow = always
            [protocol "file"]
                allow = %s
            [submodule]
                recurse = false
            [fetch]
                recurseSubmodules = no
            [gc]
                auto = 0
            [credential]
                interactive = never
            [tar "tar.xz"]
                command = xz -6 -c
            [tar "tar.bz2"]
                command = bzip2 -9 -c
            [tar "tar.zst"]
                command = zstd -19 -c -q
            """;

    private static final List<String> PASSED_ON = List.of(
            "HOME",
            "SSH_AUTH_SOCK",
            "http_proxy",
            "https_proxy",
            "no_proxy",
            "GIT_SSL_CAINFO",
            "SSL_CERT_FILE",
            "SSL_CERT_DIR");

    private final HostTools tools;
    private final Path configuration;
    private final Path repository;
    private final long maxBytes;
    private final Supervision supervision;

    /** @param directory an empty one, for the repository and git's configuration */
    Git(HostTools tools, Path directory, boolean local, long maxBytes, Supervision supervision) {
        this.tools = tools;
        this.maxBytes = maxBytes;
        this.supervision = supervision;
        this.repository = directory.resolve("source.git");
        this.configuration = directory.resolve("gitconfig");
        try {
            Files.writeString(configuration, CONFIGURATION.formatted(local ? "always" : "never"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write git's configuration", e);
        }
    }

    Path repository() {
        return repository;
    }

    /** What git said, when it said no: its last complaint. */
    record Answer(boolean ok, String output, String complaint) {}

    /** Runs git outside of any repository. */
    Answer run(List<String> arguments) {
        return git(arguments);
    }

    /** Runs git in the repository. */
    Answer inRepository(List<String> arguments) {
        List<String> line = new ArrayList<>(List.of("--git-dir=" + repository));
        line.addAll(arguments);
        return git(line);
    }

    private Answer git(List<String> arguments) {
        List<String> line = new ArrayList<>(List.of("prlimit", "--fsize=" + maxBytes, "--core=0", "git"));
        line.addAll(arguments);
        Command command = Command.of(line)
                .with("GIT_CONFIG_NOSYSTEM", "1")
                .with("GIT_CONFIG_GLOBAL", configuration.toString())
                .with("GIT_TERMINAL_PROMPT", "0")
                .with("GIT_ASKPASS", "/bin/false")
                .with("GIT_SSH_COMMAND", "ssh -oBatchMode=yes -oConnectTimeout=20")
                .within(supervision.deadline().remaining());
        for (String name : PASSED_ON) {
            String value = System.getenv(name);
            if (value != null) {
                command = command.with(name, value);
            }
        }
        Complaints complaints = new Complaints(supervision.log());
        Captured captured = tools.capture(command, complaints, supervision.cancellation());
        return new Answer(captured.exit().ok(), captured.output(), complaints.last());
    }

    /** Passes git's messages on, and keeps the beginning of them to quote from. */
    private static final class Complaints implements LogSink {
        private static final int KEPT = 16 * 1024;

        private final LogSink log;
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

        Complaints(LogSink log) {
            this.log = log;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            log.write(bytes, offset, length);
            kept.write(bytes, offset, Math.min(length, KEPT - kept.size()));
        }

        String last() {
            List<String> lines = kept.toString(StandardCharsets.UTF_8).lines().toList();
            return lines.stream()
                    .filter(line -> line.startsWith("fatal: ") || line.startsWith("error: "))
                    .map(line -> line.substring("fatal: ".length()).trim())
                    .findFirst()
                    .orElseGet(() -> lines.isEmpty() ? "no reason given" : lines.get(lines.size() - 1));
        }
    }
}
