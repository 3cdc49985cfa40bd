package io.jenkins.plugins.slipway.steps;

import dev.slipway.client.servers.ChosenServer;
import dev.slipway.client.steps.WorkerArguments;
import dev.slipway.client.steps.WorkerProgram;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.FilePath;
import hudson.model.Run;
import java.util.List;
import java.util.Set;

/** Builds and tests packages. */
final class WorkOnAgent implements AgentWork {
    private final WorkerArguments arguments;

    WorkOnAgent(@NonNull WorkerArguments arguments) {
        this.arguments = arguments;
    }

    @Override
    @NonNull
    public List<String> prepare(
            @NonNull Run<?, ?> run,
            @NonNull ChosenServer server,
            @NonNull FilePath directory,
            @NonNull String tokenFile,
            @NonNull String worker,
            @NonNull String home,
            @NonNull List<String> secrets) {
        return arguments.command(server.url(), worker, tokenFile, home);
    }

    @Override
    @NonNull
    public Set<String> scopes() {
        return WorkerProgram.WORKS;
    }

    @Override
    public boolean endsTheStep() {
        return true;
    }
}
