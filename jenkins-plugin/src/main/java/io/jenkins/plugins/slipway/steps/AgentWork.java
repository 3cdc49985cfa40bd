package io.jenkins.plugins.slipway.steps;

import dev.slipway.client.servers.ChosenServer;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.FilePath;
import hudson.model.Run;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** What a worker program of our own does on an agent. Not stored. */
interface AgentWork {
    /**
     * Puts the files that the program needs into its directory and gives the command that starts it, which holds no
     * secret.
     *
     * @param directory on the agent; private, and removed when the program has ended
     * @param tokenFile on the agent; holds the token already
     * @param home on the agent; where the program may keep what lasts
     * @param secrets takes what must not be seen if the program prints it
     */
    @NonNull
    List<String> prepare(
            @NonNull Run<?, ?> run,
            @NonNull ChosenServer server,
            @NonNull FilePath directory,
            @NonNull String tokenFile,
            @NonNull String worker,
            @NonNull String home,
            @NonNull List<String> secrets)
            throws IOException, InterruptedException;

    /** The scopes that the program's token needs, and no more than these. */
    @NonNull
    Set<String> scopes();

    /** Whether the end of the program, if it is a good one, is the end of the step. */
    boolean endsTheStep();
}
