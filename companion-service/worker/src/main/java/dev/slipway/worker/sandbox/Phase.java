package dev.slipway.worker.sandbox;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One command in a sandbox.
 *
 * @param view what it sees
 * @param user whom it runs as
 * @param network whether it reaches the host's network; otherwise it has a loopback interface of its own
 * @param directory in which it starts, as it sees it
 * @param timeout null: until the task's deadline
 * @param binds host paths by where they appear (without a slash in front), read-only
 * @param out whether the sandbox's {@code out} directory appears, writable, as {@code /slipway/out}
 */
public record Phase(
        List<String> arguments,
        View view,
        User user,
        boolean network,
        String directory,
        Map<String, String> environment,
        @Nullable Duration timeout,
        Map<String, Path> binds,
        boolean out) {
    private static final String PATH = "/usr/sbin:/usr/bin:/sbin:/bin";

    /** What a command sees. */
    public enum View {
        /** The task's root, and nothing else. */
        TARGET,
        /** The host's tools, with the task's root at {@code /target} and a scratch directory at {@code /scratch}. */
        TOOLS
    }

    /** Whom a command runs as. */
    public enum User {
        /** Root without the rights that reach beyond the root directory. */
        ROOT,
        /** Uid 2000 without any right. */
        BUILD
    }

    public Phase {
        arguments = List.copyOf(arguments);
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        binds = Collections.unmodifiableMap(new LinkedHashMap<>(binds));
    }

    /** In the task's root as the build user, without network, from the home directory. */
    public static Phase build(List<String> arguments) {
        return new Phase(
                arguments,
                View.TARGET,
                User.BUILD,
                false,
                Sandbox.HOME,
                Map.of("PATH", PATH, "HOME", Sandbox.HOME, "USER", "build", "LOGNAME", "build", "LANG", "C.UTF-8"),
                null,
                Map.of(),
                false);
    }

    /** In the task's root as root, without network. */
    public static Phase root(List<String> arguments) {
        return new Phase(
                arguments,
                View.TARGET,
                User.ROOT,
                false,
                "/",
                Map.of("PATH", PATH, "HOME", "/root", "LANG", "C.UTF-8", "DEBIAN_FRONTEND", "noninteractive"),
                null,
                Map.of(),
                false);
    }

    /** With the host's tools as root, without network. */
    public static Phase tools(List<String> arguments) {
        return new Phase(
                arguments,
                View.TOOLS,
                User.ROOT,
                false,
                "/scratch",
                Map.of("PATH", PATH, "HOME", "/scratch", "LANG", "C.UTF-8"),
                null,
                Map.of(),
                false);
    }

    public Phase withNetwork() {
        return new Phase(arguments, view, user, true, directory, environment, timeout, binds, out);
    }

    public Phase withNetwork(boolean wanted) {
        return wanted ? withNetwork() : this;
    }

    public Phase as(User other) {
        return new Phase(arguments, view, other, network, directory, environment, timeout, binds, out);
    }

    public Phase in(String other) {
        return new Phase(arguments, view, user, network, other, environment, timeout, binds, out);
    }

    public Phase with(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(environment);
        all.putAll(more);
        return new Phase(arguments, view, user, network, directory, all, timeout, binds, out);
    }

    public Phase within(Duration other) {
        return new Phase(arguments, view, user, network, directory, environment, other, binds, out);
    }

    public Phase binding(Map<String, Path> more) {
        Map<String, Path> all = new LinkedHashMap<>(binds);
        all.putAll(more);
        return new Phase(arguments, view, user, network, directory, environment, timeout, all, out);
    }

    public Phase withOut() {
        return new Phase(arguments, view, user, network, directory, environment, timeout, binds, true);
    }
}
