package io.jenkins.plugins.slipway.steps;

import dev.slipway.client.steps.Arguments;
import dev.slipway.client.steps.BuildArguments;
import dev.slipway.client.steps.RemoteWork;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Has packages built, and waits for them. */
@Restricted(NoExternalUse.class)
public final class PackageBuildStep extends WaitingStep {
    private static final long serialVersionUID = 1L;

    private final ArrayList<String> platforms;
    private final ArrayList<PackageSource> sources;
    private ArrayList<String> arches = new ArrayList<>();
    private ArrayList<Long> linkedBuilds = new ArrayList<>();
    private ArrayList<String> definitions = new ArrayList<>();
    private ArrayList<String> with = new ArrayList<>();
    private ArrayList<String> without = new ArrayList<>();
    private boolean independent;
    private boolean skipTests;
    private int priority;
    private boolean propagate = true;
    private boolean wait = true;
    private String server;

    @DataBoundConstructor
    public PackageBuildStep(@CheckForNull List<String> platforms, @CheckForNull List<PackageSource> sources) {
        this.platforms = Lists.words(platforms);
        this.sources = Lists.copy(sources);
    }

    @NonNull
    public List<String> getPlatforms() {
        return List.copyOf(platforms);
    }

    @NonNull
    public List<PackageSource> getSources() {
        return List.copyOf(sources);
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

    /** Null when there is none. */
    @CheckForNull
    public List<Long> getLinkedBuilds() {
        return Lists.orNull(linkedBuilds);
    }

    @DataBoundSetter
    public void setLinkedBuilds(@CheckForNull List<Long> linkedBuilds) {
        this.linkedBuilds = Lists.copy(linkedBuilds);
    }

    /** Null when there is none. */
    @CheckForNull
    public List<String> getDefinitions() {
        return Lists.orNull(definitions);
    }

    @DataBoundSetter
    public void setDefinitions(@CheckForNull List<String> definitions) {
        this.definitions = Lists.lines(definitions);
    }

    /** Null when there is none. */
    @CheckForNull
    public List<String> getWith() {
        return Lists.orNull(with);
    }

    @DataBoundSetter
    public void setWith(@CheckForNull List<String> with) {
        this.with = Lists.words(with);
    }

    /** Null when there is none. */
    @CheckForNull
    public List<String> getWithout() {
        return Lists.orNull(without);
    }

    @DataBoundSetter
    public void setWithout(@CheckForNull List<String> without) {
        this.without = Lists.words(without);
    }

    public boolean isIndependent() {
        return independent;
    }

    @DataBoundSetter
    public void setIndependent(boolean independent) {
        this.independent = independent;
    }

    public boolean isSkipTests() {
        return skipTests;
    }

    @DataBoundSetter
    public void setSkipTests(boolean skipTests) {
        this.skipTests = skipTests;
    }

    public int getPriority() {
        return priority;
    }

    @DataBoundSetter
    public void setPriority(int priority) {
        this.priority = priority;
    }

    public boolean isPropagate() {
        return propagate;
    }

    @DataBoundSetter
    public void setPropagate(boolean propagate) {
        this.propagate = propagate;
    }

    public boolean isWait() {
        return wait;
    }

    @DataBoundSetter
    public void setWait(boolean wait) {
        this.wait = wait;
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
    RemoteWork work() {
        return new BuildArguments(
                        platforms,
                        sources.stream().map(PackageSource::argument).toList(),
                        arches,
                        linkedBuilds,
                        definitions,
                        with,
                        without,
                        independent,
                        skipTests,
                        priority,
                        propagate,
                        wait)
                .work();
    }

    @Extension
    @Restricted(NoExternalUse.class)
    public static final class DescriptorImpl extends WaitingStepDescriptor {
        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.PackageBuildStep_displayName();
        }

        @Override
        @NonNull
        public String getFunctionName() {
            return "packageBuild";
        }

        @Override
        public String argumentsToString(@NonNull Map<String, Object> namedArgs) {
            return Lists.label(namedArgs, "platforms");
        }
    }
}
