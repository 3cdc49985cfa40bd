package io.jenkins.plugins.slipway.steps;

import dev.slipway.client.steps.Arguments;
import dev.slipway.client.steps.RemoteWork;
import dev.slipway.client.steps.WorkerArguments;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Makes the agent a worker. */
@Restricted(NoExternalUse.class)
public final class PackageWorkerStep extends WaitingStep {
    private static final long serialVersionUID = 1L;

    private ArrayList<String> kinds = new ArrayList<>();
    private ArrayList<String> arches = new ArrayList<>();
    private boolean untilIdle;
    private long build;
    private int parallel = 1;
    private String name;
    private String program;
    private String home;
    private String server;

    @DataBoundConstructor
    public PackageWorkerStep() {}

    /** Null when there is none. */
    @CheckForNull
    public List<String> getKinds() {
        return Lists.orNull(kinds);
    }

    @DataBoundSetter
    public void setKinds(@CheckForNull List<String> kinds) {
        this.kinds = Lists.words(kinds);
    }

    /** Null when there is none. */
    @CheckForNull
    public List<String> getArches() {
        return Lists.orNull(arches);
    }

    @DataBoundSetter
    public void setArches(@CheckForNull List<String> arches) {
        this.arches = Lists.words(arches);
    }

    public boolean isUntilIdle() {
        return untilIdle;
    }

    @DataBoundSetter
    public void setUntilIdle(boolean untilIdle) {
        this.untilIdle = untilIdle;
    }

    public long getBuild() {
        return build;
    }

    @DataBoundSetter
    public void setBuild(long build) {
        this.build = build;
    }

    public int getParallel() {
        return parallel;
    }

    @DataBoundSetter
    public void setParallel(int parallel) {
        this.parallel = parallel == 0 ? 1 : parallel;
    }

    @CheckForNull
    public String getName() {
        return name;
    }

    @DataBoundSetter
    public void setName(@CheckForNull String name) {
        this.name = Arguments.text(name);
    }

    @CheckForNull
    public String getProgram() {
        return program;
    }

    @DataBoundSetter
    public void setProgram(@CheckForNull String program) {
        this.program = Arguments.text(program);
    }

    @CheckForNull
    public String getHome() {
        return home;
    }

    @DataBoundSetter
    public void setHome(@CheckForNull String home) {
        this.home = Arguments.text(home);
    }

    @Override
    @CheckForNull
    public String getServer() {
        return server;
    }

    @DataBoundSetter
    public void setServer(@CheckForNull String server) {
        this.server = Arguments.text(server);
    }

    @Override
    @NonNull
    RemoteWork work(@NonNull String worker) {
        return arguments().work(worker);
    }

    @Override
    @NonNull
    RemoteWork work() {
        return work("");
    }

    @Override
    @NonNull
    AgentWork agentWork() {
        return new WorkOnAgent(arguments());
    }

    private WorkerArguments arguments() {
        return new WorkerArguments(kinds, arches, untilIdle, build, parallel, name, program, home);
    }

    @Extension
    @Restricted(NoExternalUse.class)
    public static final class DescriptorImpl extends WaitingStepDescriptor {
        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.PackageWorkerStep_displayName();
        }

        @Override
        @NonNull
        public String getFunctionName() {
            return "packageWorker";
        }

        @Override
        public String argumentsToString(@NonNull Map<String, Object> namedArgs) {
            return Lists.label(namedArgs, "kinds");
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class, FilePath.class, Launcher.class);
        }
    }
}
