package dev.slipway.client.steps;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a pipeline says to make an agent a worker.
 *
 * @param kinds of {@code build}, {@code test}; both when absent
 * @param arches those of the agent when absent
 * @param untilIdle whether to end when there is nothing to do
 * @param build id of the build whose end, with its tests, ends the work; 0 for none
 * @param parallel how many tasks at once; 1 when 0
 * @param name known to the companion by it
 * @param program how the agent calls the worker program; {@code slipway} when absent
 * @param home where the agent keeps roots; beside the workspace when absent
 */
public record WorkerArguments(
        @Nullable List<String> kinds,
        @Nullable List<String> arches,
        boolean untilIdle,
        long build,
        int parallel,
        @Nullable String name,
        @Nullable String program,
        @Nullable String home) {
    private static final Set<String> KINDS = Set.of("build", "test");
    private static final int MOST_PARALLEL = 64;

    /**
     * Checks them.
     *
     * @param worker the name it is to have when none is given
     * @throws IllegalArgumentException naming the argument that is wrong and what helps
     */
    public RemoteWork work(String worker) {
        for (String kind : Arguments.texts("kinds", kinds)) {
            if (!KINDS.contains(kind)) {
                throw new IllegalArgumentException("kinds are 'build' and 'test', not '" + kind
                        + "'; packageSign with credentialsId signs on an agent");
            }
        }
        if (build < 0) {
            throw new IllegalArgumentException("build is the id of a build");
        }
        if (parallel < 0 || parallel > MOST_PARALLEL) {
            throw new IllegalArgumentException("parallel is a number from 1 to " + MOST_PARALLEL);
        }
        return new RemoteWatch(build, nameOr(worker));
    }

    private String nameOr(String worker) {
        String own = Arguments.text(name);
        return own == null ? worker : own;
    }

    /**
     * The command that starts the program. It holds no secret, only where secrets are.
     *
     * @param tokenFile holds the token
     * @param defaultHome where roots are kept when nothing else is said
     */
    public List<String> command(String url, String worker, String tokenFile, String defaultHome) {
        List<String> command = WorkerProgram.start(Arguments.text(program), url, nameOr(worker), tokenFile);
        List<String> offered = Arguments.texts("kinds", kinds);
        WorkerProgram.add(command, "--kinds", offered.isEmpty() ? List.of("build", "test") : offered);
        WorkerProgram.add(command, "--arches", Arguments.texts("arches", arches));
        if (parallel > 1) {
            WorkerProgram.add(command, "--parallel", List.of(Integer.toString(parallel)));
        }
        String kept = Arguments.text(home);
        WorkerProgram.add(command, "--home", List.of(kept == null ? defaultHome : kept));
        if (untilIdle) {
            command.add("--until-idle");
        }
        return new ArrayList<>(command);
    }
}
