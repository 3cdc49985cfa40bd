package dev.slipway.worker.tools;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A program to run. Neither arguments nor environment may hold secrets: other users of the machine can read the former, and
 * the program's children the latter.
 *
 * @param environment the whole of it; nothing of the worker's own gets through
 * @param directory null for the root directory
 * @param outputLimit bytes, after which the program is killed
 */
public record Command(
        List<String> arguments,
        Map<String, String> environment,
        @Nullable Path directory,
        Duration timeout,
        long outputLimit) {
    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final long OUTPUT_LIMIT = 64L * 1024 * 1024;

    public Command {
        arguments = List.copyOf(arguments);
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    }

    /** A command with a plain environment and a timeout of ten minutes. */
    public static Command of(List<String> arguments) {
        return new Command(
                arguments, Map.of("PATH", PATH, "LC_ALL", "C.UTF-8"), null, Duration.ofMinutes(10), OUTPUT_LIMIT);
    }

    public static Command of(String... arguments) {
        return of(List.of(arguments));
    }

    public Command with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(environment);
        more.put(name, value);
        return new Command(arguments, more, directory, timeout, outputLimit);
    }

    public Command in(Path other) {
        return new Command(arguments, environment, other, timeout, outputLimit);
    }

    public Command within(Duration other) {
        return new Command(arguments, environment, directory, other, outputLimit);
    }

    public Command limitedTo(long bytes) {
        return new Command(arguments, environment, directory, timeout, bytes);
    }
}
