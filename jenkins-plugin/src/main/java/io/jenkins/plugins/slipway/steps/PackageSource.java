package io.jenkins.plugins.slipway.steps;

import dev.slipway.client.steps.Arguments;
import dev.slipway.client.steps.BuildArguments;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Describable;
import hudson.model.Descriptor;
import java.io.Serializable;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A source to build. */
@Restricted(NoExternalUse.class)
public final class PackageSource implements Describable<PackageSource>, Serializable {
    private static final long serialVersionUID = 1L;

    private final String url;
    private String ref;
    private String commit;
    private boolean srpm;
    private int batch;

    @DataBoundConstructor
    public PackageSource(String url) {
        this.url = Arguments.text(url);
    }

    @CheckForNull
    public String getUrl() {
        return url;
    }

    @CheckForNull
    public String getRef() {
        return ref;
    }

    @DataBoundSetter
    public void setRef(@CheckForNull String ref) {
        this.ref = Arguments.text(ref);
    }

    @CheckForNull
    public String getCommit() {
        return commit;
    }

    @DataBoundSetter
    public void setCommit(@CheckForNull String commit) {
        this.commit = Arguments.text(commit);
    }

    public boolean isSrpm() {
        return srpm;
    }

    @DataBoundSetter
    public void setSrpm(boolean srpm) {
        this.srpm = srpm;
    }

    public int getBatch() {
        return batch;
    }

    @DataBoundSetter
    public void setBatch(int batch) {
        this.batch = batch;
    }

    @NonNull
    BuildArguments.Source argument() {
        return new BuildArguments.Source(url, ref, commit, srpm, batch);
    }

    @Extension
    @Restricted(NoExternalUse.class)
    public static final class DescriptorImpl extends Descriptor<PackageSource> {
        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.PackageSource_displayName();
        }
    }
}
