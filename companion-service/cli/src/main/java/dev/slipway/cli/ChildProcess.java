package dev.slipway.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** This program once more, as a process of its own with its output in a file. */
public final class ChildProcess implements AutoCloseable {
    private static final int SECONDS_TO_STOP = 30;

    private final String name;
    private final Path log;
    private final Process process;

    private ChildProcess(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
    }

    /**
     * Starts this program again.
     *
     * @param name what it is called in messages
     * @param log where its output is added to
     * @param environment what it gets beside this process's own variables
     * @param arguments its command line, from the subcommand on
     */
    public static ChildProcess start(String name, Path log, Map<String, String> environment, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx512m", "-cp", System.getProperty("java.class.path"), "dev.slipway.cli.Slipway"));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        return new ChildProcess(name, log, builder.start());
    }

    public long pid() {
        return process.pid();
    }

    /** @throws IllegalStateException when it has ended, with where to read why */
    public void checkAlive() {
        if (!process.isAlive()) {
            throw new IllegalStateException("the " + name + " ended with exit code " + process.exitValue() + reason()
                    + "; its output is in " + log);
        }
    }

    /** The line with which a program of ours says why it ended. */
    private String reason() {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.startsWith("slipway: "))
                    .reduce((former, latter) -> latter)
                    .map(line -> ", saying: " + line.substring("slipway: ".length()))
                    .orElse("");
        } catch (IOException | UncheckedIOException e) {
            return "";
        }
    }

    /** Asks it to stop and waits; ends it when it does not. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
