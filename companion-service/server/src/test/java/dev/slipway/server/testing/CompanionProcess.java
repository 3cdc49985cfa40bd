package dev.slipway.server.testing;

import dev.slipway.server.failpoints.Failpoints;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A companion in a JVM of its own, to be killed. The database is the test's, unless it is to be the embedded one. */
public final class CompanionProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Process process;
    private final Path var;
    private final URI url;

    private CompanionProcess(Process process, Path var, URI url) {
        this.process = process;
        this.var = var;
        this.url = url;
    }

    /** With an external database. */
    public static CompanionProcess start(Path var, String databaseUrl) throws IOException {
        return start(var, databaseUrl, null);
    }

    /** With the embedded database. */
    public static CompanionProcess startEmbedded(Path var) throws IOException {
        return start(var, "-", null);
    }

    /**
     * With an external database, a point to halt at, and settings.
     *
     * @param failpoint halts at this point; see {@link Failpoints}
     * @param settings {@code name=value}
     */
    public static CompanionProcess start(Path var, String databaseUrl, String failpoint, String... settings)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC"));
        if (failpoint != null) {
            command.add("-D" + Failpoints.PROPERTY + "=" + failpoint);
        }
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                CompanionMain.class.getName(),
                var.toString(),
                databaseUrl));
        command.addAll(List.of(settings));
        Path errors = Files.createTempFile("slipway-companion-", ".log");
        errors.toFile().deleteOnExit();
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        for (String line; (line = out.readLine()) != null; ) {
            if (line.startsWith("ready ")) {
                return new CompanionProcess(process, var, URI.create(line.substring(6)));
            }
        }
        throw new IOException("the companion did not start: " + Files.readString(errors));
    }

    public URI url() {
        return url;
    }

    /** As the admin, with the token that the first start on this directory wrote. */
    public TestApi admin() throws IOException {
        return new TestApi(url, Files.readString(var.resolve("bootstrap-token")).strip());
    }

    /** Kills it with SIGKILL. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Waits until it ended by itself and gives its exit status. */
    public int awaitEnd() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("the companion still runs");
        }
        return process.exitValue();
    }

    /** Stops it as an operator would, with SIGTERM; waits for the end. */
    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            kill();
        }
    }
}
