package io.jenkins.plugins.slipway.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Label;
import hudson.model.Result;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.slipway.servers.Fixtures;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A key of Jenkins on an agent: how long it is there, who may use it, and who learns of it. */
@WithJenkins
class SignOnAgentJenkinsTest {
    private static final String SECRET = "lQdGBGcb3YkBEADVJ8mPq2wXn5sT7uRz";
    private static final String KEY =
            "-----BEGIN PGP PRIVATE KEY BLOCK-----\n\n" + SECRET + "\n=ab12\n-----END PGP PRIVATE KEY BLOCK-----\n";
    private static final String PASSPHRASE = "correct horse battery";
    /** Finds out where the secrets are; then, unless it ended, waits to be ended. */
    private static final String BEGIN = "while [ $# -gt 1 ]; do case \"$1\" in --sign-key) key=$2;;"
            + " --passphrase-file) passphrase=$2;; esac; shift; done\ndirname \"$key\" > place\n";

    private static final String WAIT = "echo ready; exec sleep 600\n";

    private static JenkinsRule r;

    @TempDir
    private Path directory;

    private OneBuild companion;
    private WorkflowJob job;

    @BeforeAll
    static void startJenkins(JenkinsRule rule) throws Exception {
        r = rule;
        r.jenkins.setSecurityRealm(r.createDummySecurityRealm());
        r.createOnlineSlave(Label.get("signer"));
    }

    @AfterAll
    static void stopJenkins() throws Exception {
        r.after();
    }

    @BeforeEach
    void start() throws Exception {
        companion = new OneBuild();
        companion.ends("succeeded");
        SystemCredentialsProvider.getInstance().getCredentials().clear();
        BuildStepJenkinsTest.configure(companion);
        job = r.createProject(WorkflowJob.class);
    }

    @AfterEach
    void stop() {
        companion.close();
    }

    private WorkflowRun begin(String program, String more, Cause... causes) throws Exception {
        Path script = directory.resolve("slipway");
        Files.writeString(script, "#!/bin/sh\ncd '" + directory + "' || exit 1\n" + BEGIN + program);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        job.setDefinition(new CpsFlowDefinition(
                "node('signer') { def s = packageSign(build: 812, key: 'release', credentialsId: 'key', program: '"
                        + script + "'" + more + ")\n echo \"got ${s.signed} ${s.fingerprint}\" }",
                true));
        return Objects.requireNonNull(job.scheduleBuild2(0, new CauseAction(causes)))
                .waitForStart();
    }

    private WorkflowRun signing(String program, String more) throws Exception {
        WorkflowRun run = begin(program + WAIT, more);
        r.waitForMessage("[worker] ready", run);
        return run;
    }

    private void addKey() throws Exception {
        Fixtures.add(Fixtures.file(CredentialsScope.GLOBAL, "key", KEY));
    }

    private String read(String file) throws Exception {
        return Files.readString(directory.resolve(file));
    }

    private Path place() throws Exception {
        return Path.of(read("place").strip());
    }

    private static Credentials credentials(String id) {
        return SystemCredentialsProvider.getInstance().getCredentials().stream()
                .filter(c -> c instanceof com.cloudbees.plugins.credentials.common.IdCredentials named
                        && named.getId().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theKeyIsInAFileOfTheUserAloneUntilAllIsSigned() throws Exception {
        addKey();
        Fixtures.token(CredentialsScope.GLOBAL, "passphrase", PASSPHRASE);
        WorkflowRun run = signing(
                "stat -c %a \"$key\" \"$passphrase\" \"$(dirname \"$key\")\" > modes\n"
                        + "cp \"$key\" key; cp \"$passphrase\" passphrase\n",
                ", passphraseCredentialsId: 'passphrase'");
        assertThat(place()).isDirectory();
        companion.after().signs();
        r.assertBuildStatusSuccess(r.waitForCompletion(run));
        r.assertLogContains("got 2 " + AfterBuild.FINGERPRINT, run);
        assertThat(read("modes").lines()).containsExactly("600", "600", "700");
        assertThat(read("key")).isEqualTo(KEY);
        assertThat(read("passphrase")).isEqualTo(PASSPHRASE);
        assertThat(place()).doesNotExist();
        for (String id : new String[] {"key", "passphrase"}) {
            assertThat(CredentialsProvider.getFingerprintOf(credentials(id)).getJobs())
                    .as(id)
                    .contains(job.getFullName());
        }
    }

    @Test
    void aProgramThatPrintsItsSecretsTellsNobody() throws Exception {
        addKey();
        Fixtures.token(CredentialsScope.GLOBAL, "passphrase", PASSPHRASE);
        WorkflowRun run = signing(
                "cat \"$key\"; echo \"words $(cat \"$passphrase\")\"; echo \"again $(cat \"$passphrase\")\" >&2\n",
                ", passphraseCredentialsId: 'passphrase'");
        companion.after().signs();
        r.assertBuildStatusSuccess(r.waitForCompletion(run));
        r.assertLogContains("[worker] words ****", run);
        r.assertLogContains("[worker] again ****", run);
        try (var files = Files.walk(run.getRootDir().toPath())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(SECRET, PASSPHRASE);
            }
        }
    }

    @Test
    void aProgramThatFailsLeavesNoKeyBehind() throws Exception {
        addKey();
        WorkflowRun run = r.assertBuildStatus(Result.FAILURE, r.waitForCompletion(begin("exit 3\n", "")));
        r.assertLogContains("the worker program ended with exit code 3", run);
        r.assertLogNotContains("\tat ", run);
        assertThat(place()).doesNotExist();
    }

    @Test
    void anAbortLeavesNoKeyBehind() throws Exception {
        addKey();
        WorkflowRun run = signing("echo $$ > pid\n", "");
        run.doStop();
        r.assertBuildStatus(Result.ABORTED, r.waitForCompletion(run));
        assertThat(place()).doesNotExist();
        long pid = Long.parseLong(read("pid").strip());
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    }

    private static void add(CredentialsStore store, Credentials credentials) throws Exception {
        assertThat(store.addCredentials(Domain.global(), credentials)).isTrue();
    }

    @Test
    void aKeyOfAFolderIsForItsJobsOnly() throws Exception {
        Folder team = r.createProject(Folder.class);
        for (CredentialsStore store : CredentialsProvider.lookupStores(team)) {
            if (store.getContext() == team) {
                add(store, Fixtures.file(CredentialsScope.GLOBAL, "key", KEY));
            }
        }
        WorkflowRun outside = r.assertBuildStatus(Result.FAILURE, r.waitForCompletion(begin("exit 3\n", "")));
        r.assertLogContains("no credentials with the id key", outside);

        job = team.createProject(WorkflowJob.class, "job");
        WorkflowRun run = signing("cp \"$key\" key\n", "");
        companion.after().signs();
        r.assertBuildStatusSuccess(r.waitForCompletion(run));
        assertThat(read("key")).isEqualTo(KEY);
    }

    @Test
    void aKeyOfAUserIsForNoJob() throws Exception {
        User user = Objects.requireNonNull(User.getById("alice", true));
        try (ACLContext as = ACL.as2(user.impersonate2())) {
            for (CredentialsStore store : CredentialsProvider.lookupStores(user)) {
                if (store.getContext() == user) {
                    add(store, Fixtures.file(CredentialsScope.USER, "key", KEY));
                }
            }
        }
        WorkflowRun run = r.assertBuildStatus(
                Result.FAILURE, r.waitForCompletion(begin("touch started\n", "", new Cause.UserIdCause("alice"))));
        r.assertLogContains("no credentials with the id key", run);
        assertThat(directory.resolve("started")).doesNotExist();
    }
}
