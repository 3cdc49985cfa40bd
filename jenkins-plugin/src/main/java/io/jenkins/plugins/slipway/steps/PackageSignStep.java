package io.jenkins.plugins.slipway.steps;

import dev.slipway.client.steps.Arguments;
import dev.slipway.client.steps.RemoteWork;
import dev.slipway.client.steps.SignArguments;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Item;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.slipway.servers.FormPermissions;
import io.jenkins.plugins.slipway.servers.SignCredentials;
import java.io.IOException;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Has the packages of a build signed: by sign workers that hold the key, or on the agent with a key of Jenkins. */
@Restricted(NoExternalUse.class)
public final class PackageSignStep extends WaitingStep {
    private static final long serialVersionUID = 1L;

    private final long build;
    private String key;
    private String credentialsId;
    private String passphraseCredentialsId;
    private String program;
    private String server;

    @DataBoundConstructor
    public PackageSignStep(long build) {
        this.build = build;
    }

    public long getBuild() {
        return build;
    }

    @CheckForNull
    public String getKey() {
        return key;
    }

    @DataBoundSetter
    public void setKey(@CheckForNull String key) {
        this.key = Arguments.text(key);
    }

    @CheckForNull
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(@CheckForNull String credentialsId) {
        this.credentialsId = Arguments.text(credentialsId);
    }

    @CheckForNull
    public String getPassphraseCredentialsId() {
        return passphraseCredentialsId;
    }

    @DataBoundSetter
    public void setPassphraseCredentialsId(@CheckForNull String passphraseCredentialsId) {
        this.passphraseCredentialsId = Arguments.text(passphraseCredentialsId);
    }

    @CheckForNull
    public String getProgram() {
        return program;
    }

    @DataBoundSetter
    public void setProgram(@CheckForNull String program) {
        this.program = Arguments.text(program);
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
        if (credentialsId == null && (passphraseCredentialsId != null || program != null)) {
            throw new IllegalArgumentException(Messages.PackageSignStep_onlyWithKey());
        }
        return new SignArguments(build, key).work();
    }

    @Override
    void check(@NonNull StepContext context) throws IOException, InterruptedException {
        if (credentialsId != null && (context.get(FilePath.class) == null || context.get(Launcher.class) == null)) {
            throw new AbortException(Messages.PackageSignStep_noAgent());
        }
    }

    @Override
    @CheckForNull
    AgentWork agentWork() {
        return credentialsId == null ? null : new SignOnAgent(credentialsId, passphraseCredentialsId, program);
    }

    @Extension
    @Restricted(NoExternalUse.class)
    public static final class DescriptorImpl extends WaitingStepDescriptor {
        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.PackageSignStep_displayName();
        }

        @Override
        @NonNull
        public String getFunctionName() {
            return "packageSign";
        }

        @Override
        public String argumentsToString(@NonNull Map<String, Object> namedArgs) {
            return Lists.label(namedArgs, "build");
        }

        /** The secret files and texts that whoever sees the form may choose. */
        @POST
        public ListBoxModel doFillCredentialsIdItems(@AncestorInPath Item item, @QueryParameter String credentialsId) {
            return FormPermissions.mayListCredentials(item)
                    ? SignCredentials.keys(item, credentialsId)
                    : SignCredentials.listOnly(credentialsId);
        }

        @POST
        public ListBoxModel doFillPassphraseCredentialsIdItems(
                @AncestorInPath Item item, @QueryParameter String passphraseCredentialsId) {
            return FormPermissions.mayListCredentials(item)
                    ? SignCredentials.passphrases(item, passphraseCredentialsId)
                    : SignCredentials.listOnly(passphraseCredentialsId);
        }
    }
}
