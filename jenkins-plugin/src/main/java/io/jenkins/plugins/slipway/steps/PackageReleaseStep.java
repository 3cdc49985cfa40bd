package io.jenkins.plugins.slipway.steps;

import dev.slipway.client.steps.Arguments;
import dev.slipway.client.steps.ReleaseArguments;
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

/** Plans, commits or undoes a release. */
@Restricted(NoExternalUse.class)
public final class PackageReleaseStep extends WaitingStep {
    private static final long serialVersionUID = 1L;

    private ArrayList<Long> builds = new ArrayList<>();
    private String platform;
    private String distribution;
    private long release;
    private boolean dryRun;
    private boolean commit;
    private long revertTo;
    private String server;

    @DataBoundConstructor
    public PackageReleaseStep() {}

    /** Null when there is none. */
    @CheckForNull
    public List<Long> getBuilds() {
        return Lists.orNull(builds);
    }

    @DataBoundSetter
    public void setBuilds(@CheckForNull List<Long> builds) {
        this.builds = Lists.copy(builds);
    }

    @CheckForNull
    public String getPlatform() {
        return platform;
    }

    @DataBoundSetter
    public void setPlatform(@CheckForNull String platform) {
        this.platform = Arguments.text(platform);
    }

    @CheckForNull
    public String getDistribution() {
        return distribution;
    }

    @DataBoundSetter
    public void setDistribution(@CheckForNull String distribution) {
        this.distribution = Arguments.text(distribution);
    }

    public long getRelease() {
        return release;
    }

    @DataBoundSetter
    public void setRelease(long release) {
        this.release = release;
    }

    public boolean isDryRun() {
        return dryRun;
    }

    @DataBoundSetter
    public void setDryRun(boolean dryRun) {
        this.dryRun = dryRun;
    }

    public boolean isCommit() {
        return commit;
    }

    @DataBoundSetter
    public void setCommit(boolean commit) {
        this.commit = commit;
    }

    public long getRevertTo() {
        return revertTo;
    }

    @DataBoundSetter
    public void setRevertTo(long revertTo) {
        this.revertTo = revertTo;
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
        return new ReleaseArguments(builds, platform, distribution, release, dryRun, commit, revertTo).work();
    }

    @Extension
    @Restricted(NoExternalUse.class)
    public static final class DescriptorImpl extends WaitingStepDescriptor {
        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.PackageReleaseStep_displayName();
        }

        @Override
        @NonNull
        public String getFunctionName() {
            return "packageRelease";
        }

        @Override
        public String argumentsToString(@NonNull Map<String, Object> namedArgs) {
            return Lists.label(namedArgs, "platform");
        }
    }
}
