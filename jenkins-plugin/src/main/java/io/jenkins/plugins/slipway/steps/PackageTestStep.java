package io.jenkins.plugins.slipway.steps;

import dev.slipway.client.steps.Arguments;
import dev.slipway.client.steps.Outcome;
import dev.slipway.client.steps.RemoteWork;
import dev.slipway.client.steps.TestArguments;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.FilePath;
import java.io.IOException;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Has the packages of a build tested, or waits for the tests that its end started. */
@Restricted(NoExternalUse.class)
public final class PackageTestStep extends WaitingStep {
    private static final long serialVersionUID = 1L;

    /** Is meant when nothing is said, and shown by the form first. */
    private static final String DEFAULT = "failure";

    private final long build;
    private boolean rerun;
    private String onFailure;
    private String junitFile;
    private String server;

    @DataBoundConstructor
    public PackageTestStep(long build) {
        this.build = build;
    }

    public long getBuild() {
        return build;
    }

    public boolean isRerun() {
        return rerun;
    }

    @DataBoundSetter
    public void setRerun(boolean rerun) {
        this.rerun = rerun;
    }

    @CheckForNull
    public String getOnFailure() {
        return onFailure;
    }

    @DataBoundSetter
    public void setOnFailure(@CheckForNull String onFailure) {
        String meaning = Arguments.text(onFailure);
        this.onFailure = DEFAULT.equals(meaning) ? null : meaning;
    }

    @CheckForNull
    public String getJunitFile() {
        return junitFile;
    }

    @DataBoundSetter
    public void setJunitFile(@CheckForNull String junitFile) {
        this.junitFile = Arguments.text(junitFile);
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
        return new TestArguments(build, rerun, onFailure).work();
    }

    @Override
    void check(@NonNull StepContext context) throws IOException, InterruptedException {
        if (junitFile == null) {
            return;
        }
        if (!Arguments.leadsInside(junitFile)) {
            throw new AbortException(Messages.PackageTestStep_outside(junitFile));
        }
        if (context.get(FilePath.class) == null) {
            throw new AbortException(Messages.PackageTestStep_noWorkspace());
        }
    }

    @Override
    void deliver(@NonNull StepContext context, @NonNull Outcome outcome) throws IOException, InterruptedException {
        if (junitFile == null || !(outcome.result().get("junit") instanceof String xml)) {
            return;
        }
        FilePath workspace = AgentPresence.workspace(context);
        try {
            workspace.mkdirs(); // nothing leads into one that nobody has used yet
            if (!workspace.isDescendant(junitFile)) { // a link leads out
                throw new AbortException(Messages.PackageTestStep_outside(junitFile));
            }
            workspace.child(junitFile).write(xml, "UTF-8");
        } catch (AbortException e) {
            throw e;
        } catch (IOException e) {
            if (AgentPresence.isLost(e)) {
                throw new AgentPresence.AwayException(e);
            }
            throw new AbortException(Messages.PackageTestStep_unwritable(junitFile, e.getMessage()));
        }
    }

    @Extension
    @Restricted(NoExternalUse.class)
    public static final class DescriptorImpl extends WaitingStepDescriptor {
        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.PackageTestStep_displayName();
        }

        @Override
        @NonNull
        public String getFunctionName() {
            return "packageTest";
        }

        @Override
        public String argumentsToString(@NonNull Map<String, Object> namedArgs) {
            return Lists.label(namedArgs, "build");
        }
    }
}
