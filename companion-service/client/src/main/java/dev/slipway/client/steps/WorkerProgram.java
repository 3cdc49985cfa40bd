package dev.slipway.client.steps;

import dev.slipway.api.identity.Scopes;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How a worker program is called, and what its end means. */
public final class WorkerProgram {
    /** What a worker that builds and tests asks of the companion. */
    public static final Set<String> WORKS =
            Set.of(Scopes.TASKS_CLAIM, Scopes.WORKERS_REGISTER, Scopes.TESTS_RUN, Scopes.BLOBS_READ);
    /** What a worker that signs asks of the companion. */
    public static final Set<String> SIGNS =
            Set.of(Scopes.TASKS_CLAIM, Scopes.WORKERS_REGISTER, Scopes.SIGN_TASKS_SIGN, Scopes.BLOBS_READ);

    private static final Pattern DONE = Pattern.compile("^slipway: (\\d{1,9}) tasks done");
    private static final Pattern UNUSUAL = Pattern.compile("[^A-Za-z0-9._-]+");
    private static final int LONGEST_NAME = 60;
    private static final int OK = 0;
    private static final int DENIED = 4;
    private static final int NOT_FOUND = 127;

    private WorkerProgram() {}

    static List<String> start(@Nullable String program, String url, String name, String tokenFile) {
        return new ArrayList<>(List.of(
                program == null ? "slipway" : program,
                "worker",
                "--url",
                url,
                "--token-file",
                tokenFile,
                "--name",
                name));
    }

    static void add(List<String> command, String option, List<String> values) {
        if (!values.isEmpty()) {
            command.add(option);
            command.add(String.join(",", values));
        }
    }

    /**
     * The command for a worker that signs with one key and does nothing else. It holds no secret, only where they are.
     *
     * @param keyFile the secret key
     * @param passphraseFile its passphrase; null when it has none
     */
    public static List<String> signer(
            @Nullable String program,
            String url,
            String name,
            String tokenFile,
            String keyFile,
            @Nullable String passphraseFile,
            String home) {
        List<String> command = start(Arguments.text(program), url, name, tokenFile);
        add(command, "--kinds", List.of("sign"));
        add(command, "--sign-key", List.of(keyFile));
        if (passphraseFile != null) {
            add(command, "--passphrase-file", List.of(passphraseFile));
        }
        add(command, "--home", List.of(home));
        return command;
    }

    /** A name for the worker of one step of a run. */
    public static String name(String run, String key) {
        String tail = "-" + key.substring(0, Math.min(8, key.length()));
        String base = "jenkins-" + UNUSUAL.matcher(run).replaceAll("-");
        return base.substring(0, Math.min(base.length(), LONGEST_NAME - tail.length())) + tail;
    }

    /** How many tasks the program did, if this is the line in which it says so. */
    public static OptionalInt tasksDone(String line) {
        Matcher matcher = DONE.matcher(line);
        return matcher.find() ? OptionalInt.of(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
    }

    /** The end of a worker that ended by itself. */
    public static Outcome ended(int exitCode, int tasks) {
        return switch (exitCode) {
            case OK -> RemoteWatch.done(tasks);
            case DENIED -> Outcome.failed("the companion refused the token of the worker program");
            case NOT_FOUND ->
                Outcome.failed("the agent has no worker program: put 'slipway' on its PATH, or name it with program");
            default -> Outcome.failed("the worker program ended with exit code " + exitCode);
        };
    }

    /** Whether a program that ended so had its token run out and deserves a new one. */
    public static boolean tokenRanOut(int exitCode, long secondsItRan) {
        return exitCode == DENIED && secondsItRan >= 60;
    }
}
