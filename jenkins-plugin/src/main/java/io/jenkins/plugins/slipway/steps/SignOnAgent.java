package io.jenkins.plugins.slipway.steps;

import dev.slipway.client.servers.ChosenServer;
import dev.slipway.client.steps.WorkerProgram;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.FilePath;
import hudson.model.Run;
import io.jenkins.plugins.slipway.servers.SignCredentials;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Signs with a key of Jenkins, which is on the agent for as long as that takes. */
final class SignOnAgent implements AgentWork {
    private static final int OWNER_READS = 0600;

    private final String credentialsId;
    private final String passphraseCredentialsId;
    private final String program;

    SignOnAgent(
            @NonNull String credentialsId, @CheckForNull String passphraseCredentialsId, @CheckForNull String program) {
        this.credentialsId = credentialsId;
        this.passphraseCredentialsId = passphraseCredentialsId;
        this.program = program;
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
            @NonNull List<String> secrets)
            throws IOException, InterruptedException {
        FilePath key = directory.child("key.asc");
        secrets.addAll(SignCredentials.writeKey(run, credentialsId, key));
        key.chmod(OWNER_READS);
        String passphraseFile = null;
        if (passphraseCredentialsId != null) {
            FilePath passphrase = directory.child("passphrase");
            secrets.add(SignCredentials.writePassphrase(run, passphraseCredentialsId, passphrase));
            passphrase.chmod(OWNER_READS);
            passphraseFile = passphrase.getRemote();
        }
        return WorkerProgram.signer(
                program, server.url(), worker, tokenFile, key.getRemote(), passphraseFile, directory.getRemote());
    }

    @Override
    @NonNull
    public Set<String> scopes() {
        return WorkerProgram.SIGNS;
    }

    @Override
    public boolean endsTheStep() {
        return false;
    }
}
