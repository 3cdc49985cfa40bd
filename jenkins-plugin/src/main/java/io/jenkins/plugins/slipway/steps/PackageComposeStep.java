package io.jenkins.plugins.slipway.steps;

import dev.slipway.client.steps.Arguments;
import dev.slipway.client.steps.ComposeArguments;
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

/** Has a temporary repository made. */
@Restricted(NoExternalUse.class)
public final class PackageComposeStep extends WaitingStep {
    private static final long serialVersionUID = 1L;

    private ArrayList<Long> builds = new ArrayList<>();
    private ArrayList<String> repositories = new ArrayList<>();
    private ArrayList<String> distributions = new ArrayList<>();
    private ArrayList<String> packages = new ArrayList<>();
    private String platform;
    private ArrayList<String> arches = new ArrayList<>();
    private ArrayList<String> keys = new ArrayList<>();
    private String lifetime;
    private boolean includeDebug;
    private boolean includeSources;
    private boolean noReuse;
    private String label;
    private String event;
    private String server;

    @DataBoundConstructor
    public PackageComposeStep() {}

    /** Null when there is none. */
    @CheckForNull
    public List<Long> getBuilds() {
        return Lists.orNull(builds);
    }

    @DataBoundSetter
    public void setBuilds(@CheckForNull List<Long> builds) {
        this.builds = Lists.copy(builds);
    }

    /** Null when there is none. */
    @CheckForNull
    public List<String> getRepositories() {
        return Lists.orNull(repositories);
    }

    @DataBoundSetter
    public void setRepositories(@CheckForNull List<String> repositories) {
        this.repositories = Lists.words(repositories);
    }

    /** Null when there is none. */
    @CheckForNull
    public List<String> getDistributions() {
        return Lists.orNull(distributions);
    }

    @DataBoundSetter
    public void setDistributions(@CheckForNull List<String> distributions) {
        this.distributions = Lists.words(distributions);
    }

    /** Null when there is none. */
    @CheckForNull
    public List<String> getPackages() {
        return Lists.orNull(packages);
    }

    @DataBoundSetter
    public void setPackages(@CheckForNull List<String> packages) {
        this.packages = Lists.words(packages);
    }

    @CheckForNull
    public String getPlatform() {
        return platform;
    }

    @DataBoundSetter
    public void setPlatform(@CheckForNull String platform) {
        this.platform = Arguments.text(platform);
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
    public List<String> getKeys() {
        return Lists.orNull(keys);
    }

    @DataBoundSetter
    public void setKeys(@CheckForNull List<String> keys) {
        this.keys = Lists.words(keys);
    }

    @CheckForNull
    public String getLifetime() {
        return lifetime;
    }

    @DataBoundSetter
    public void setLifetime(@CheckForNull String lifetime) {
        this.lifetime = Arguments.text(lifetime);
    }

    public boolean isIncludeDebug() {
        return includeDebug;
    }

    @DataBoundSetter
    public void setIncludeDebug(boolean includeDebug) {
        this.includeDebug = includeDebug;
    }

    public boolean isIncludeSources() {
        return includeSources;
    }

    @DataBoundSetter
    public void setIncludeSources(boolean includeSources) {
        this.includeSources = includeSources;
    }

    public boolean isNoReuse() {
        return noReuse;
    }

    @DataBoundSetter
    public void setNoReuse(boolean noReuse) {
        this.noReuse = noReuse;
    }

    @CheckForNull
    public String getLabel() {
        return label;
    }

    @DataBoundSetter
    public void setLabel(@CheckForNull String label) {
        this.label = Arguments.text(label);
    }

    @CheckForNull
    public String getEvent() {
        return event;
    }

    @DataBoundSetter
    public void setEvent(@CheckForNull String event) {
        this.event = Arguments.text(event);
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
        return new ComposeArguments(
                        builds,
                        repositories,
                        distributions,
                        packages,
                        platform,
                        arches,
                        keys,
                        lifetime,
                        includeDebug,
                        includeSources,
                        noReuse,
                        label,
                        event)
                .work();
    }

    @Extension
    @Restricted(NoExternalUse.class)
    public static final class DescriptorImpl extends WaitingStepDescriptor {
        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.PackageComposeStep_displayName();
        }

        @Override
        @NonNull
        public String getFunctionName() {
            return "packageCompose";
        }

        @Override
        public String argumentsToString(@NonNull Map<String, Object> namedArgs) {
            return Lists.label(namedArgs, "builds");
        }
    }
}
