package io.jenkins.plugins.slipway.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Result;
import io.jenkins.plugins.slipway.runs.ComposeEntry;
import io.jenkins.plugins.slipway.runs.ReleaseEntry;
import io.jenkins.plugins.slipway.runs.SignatureEntry;
import io.jenkins.plugins.slipway.runs.SlipwayRunAction;
import java.time.Instant;
import java.util.Date;
import java.util.Objects;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What follows a build: signatures by workers that hold the key, composes and releases. */
@WithJenkins
class AfterBuildJenkinsTest {
    private static JenkinsRule r;

    private OneBuild companion;
    private AfterBuild after;

    @BeforeAll
    static void startJenkins(JenkinsRule rule) {
        r = rule;
    }

    @AfterAll
    static void stopJenkins() throws Exception {
        r.after();
    }

    @BeforeEach
    void start() throws Exception {
        companion = new OneBuild();
        companion.ends("succeeded");
        after = companion.after();
        SystemCredentialsProvider.getInstance().getCredentials().clear();
        BuildStepJenkinsTest.configure(companion);
    }

    @AfterEach
    void stop() {
        companion.close();
    }

    private WorkflowRun begin(String script) throws Exception {
        WorkflowJob job = r.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return Objects.requireNonNull(job.scheduleBuild2(0)).waitForStart();
    }

    private WorkflowRun succeeds(String script) throws Exception {
        return r.assertBuildStatusSuccess(r.waitForCompletion(begin(script)));
    }

    private WorkflowRun fails(String script) throws Exception {
        WorkflowRun run = r.assertBuildStatus(Result.FAILURE, r.waitForCompletion(begin(script)));
        r.assertLogNotContains("\tat ", run);
        return run;
    }

    private static SignatureEntry signature(WorkflowRun run) {
        return run.getAction(SlipwayRunAction.class).getSignatures().get(0);
    }

    private static ComposeEntry compose(WorkflowRun run) {
        return run.getAction(SlipwayRunAction.class).getComposes().get(0);
    }

    private static ReleaseEntry release(WorkflowRun run) {
        return run.getAction(SlipwayRunAction.class).getReleases().get(0);
    }

    @Test
    void signingWaitsForAWorkerAndSaysWithWhichKey() throws Exception {
        WorkflowRun run = begin("def s = packageSign(build: 812, key: 'release')\n"
                + "echo \"got ${s.id} ${s.build} ${s.key} ${s.keyid} ${s.fingerprint} ${s.signed}\"\n"
                + "echo \"made ${s.packages[0].name} ${s.packages[0].arch}\"");
        r.waitForMessage("Sign task 40: 2 pieces of build 812 to sign with release (5D6E7F8091A2B3C4)", run);
        after.signs();
        r.assertBuildStatusSuccess(r.waitForCompletion(run));
        r.assertLogContains("Build 812 is signed with " + AfterBuild.FINGERPRINT, run);
        r.assertLogContains("got 40 812 release 5D6E7F8091A2B3C4 " + AfterBuild.FINGERPRINT + " 2", run);
        r.assertLogContains("made wordfreq-1.3-1.x86_64.rpm x86_64", run);
        assertThat(companion.asked())
                .filteredOn(line -> line.startsWith("POST "))
                .singleElement()
                .asString()
                .matches("POST /api/v1/sign-tasks/ \\S+");
        assertThat(signature(run).getState()).isEqualTo("completed");
        assertThat(signature(run).getFingerprint()).isEqualTo(AfterBuild.FINGERPRINT);
        assertThat(signature(run).getPackages()).isEqualTo(2);
    }

    @Test
    void aRefusalToSignFailsTheRun() throws Exception {
        after.refusesToSign("the package is damaged");
        WorkflowRun run = fails("packageSign(build: 812, key: 'release')");
        r.assertLogContains("signing build 812 failed: the package is damaged", run);
        assertThat(signature(run).getState()).isEqualTo("failed");
        assertThat(signature(run).getMessage()).isEqualTo("the package is damaged");
    }

    @Test
    void aKeyThatNobodyKnowsIsSaidWithThoseThatAre() throws Exception {
        WorkflowRun run = fails("packageSign(build: 812, key: 'nightly')");
        r.assertLogContains("knows no sign key 'nightly', but: old (", run);
        assertThat(companion.count("POST ")).isZero();
    }

    @Test
    void signingWithoutAKeyAsksForOneOfSeveral() throws Exception {
        r.assertLogContains("packageSign needs a key, one of: old (", fails("packageSign(build: 812)"));
    }

    @Test
    void aKeyOfJenkinsNeedsAnAgent() throws Exception {
        r.assertLogContains(
                "needs an agent to sign on: put it inside a node block",
                fails("packageSign(build: 812, credentialsId: 'key')"));
        assertThat(companion.asked()).isEmpty();
    }

    @Test
    void aComposeIsARepositoryForThePipeline() throws Exception {
        after.composes();
        WorkflowRun run = succeeds("def c = packageCompose(builds: [812], lifetime: '24h')\n"
                + "echo \"got ${c.id} ${c.state} ${c.packages} ${c.reused} ${c.contentHash} ${c.expires}\"\n"
                + "echo \"at ${c.url} and ${c.repoFileUrl}\"\necho c.repoFile");
        r.assertLogContains("got 9 done 3 false beef " + AfterBuild.EXPIRES, run);
        r.assertLogContains("at " + companion.url() + "/composes/9/ and " + companion.url() + "/composes/9.repo", run);
        r.assertLogContains("[slipway-9]", run);
        r.assertLogContains(
                "Compose 9: 3 packages at " + companion.url() + "/composes/9/ until " + AfterBuild.EXPIRES, run);
        assertThat(compose(run).getState()).isEqualTo("done");
        assertThat(compose(run).getUrl()).isEqualTo(companion.url() + "/composes/9/");
        assertThat(compose(run).getPackages()).isEqualTo(3);
        assertThat(compose(run).getExpires()).isEqualTo(Date.from(Instant.parse(AfterBuild.EXPIRES)));
    }

    @Test
    void anEqualComposeIsTakenAgainAndSaidToBe() throws Exception {
        after.composesAgain(6);
        WorkflowRun run = succeeds("def c = packageCompose(builds: [812])\necho \"got ${c.reused} ${c.reusedId}\"");
        r.assertLogContains("Compose 9: an equal one is there already, the repository of compose 6", run);
        r.assertLogContains("got true 6", run);
        assertThat(compose(run).isReused()).isTrue();
    }

    @Test
    void aComposeThatCannotBeMadeFailsTheRun() throws Exception {
        after.cannotCompose("build 812 has no packages");
        WorkflowRun run = fails("packageCompose(builds: [812])");
        r.assertLogContains("compose 9 failed: build 812 has no packages", run);
        assertThat(compose(run).getState()).isEqualTo("failed");
    }

    @Test
    void anAbortRemovesTheCompose() throws Exception {
        WorkflowRun run = begin("packageCompose(builds: [812])");
        r.waitForMessage("Compose 9", run);
        run.doStop();
        r.assertBuildStatus(Result.ABORTED, r.waitForCompletion(run));
        assertThat(companion.count("DELETE /api/v1/composes/9/")).isEqualTo(1);
    }

    @Test
    void aDryRunOfAReleaseShowsThePlanAndCommitsNothing() throws Exception {
        WorkflowRun run = succeeds("def p = packageRelease(builds: [812], platform: 'el9', dryRun: true)\n"
                + "echo \"got ${p.id} ${p.distribution} ${p.planHash} ${p.blocked} ${p.plan[0].package}"
                + " ${p.plan[0].repositories} ${p.differences[0].added}\"");
        r.assertLogContains("Plan for el9 in demo, 1 packages:", run);
        r.assertLogContains("  + wordfreq-1.3-1.x86_64 in demo-el9/x86_64", run);
        r.assertLogContains("got null demo cafe false wordfreq-1.3-1.x86_64 [demo-el9] [wordfreq-1.3-1.x86_64]", run);
        assertThat(companion.count("POST ")).isEqualTo(1);
        assertThat(release(run).isDryRun()).isTrue();
        assertThat(release(run).getPlan()).hasSize(1);
    }

    @Test
    void aCommitPublishesThePlanThatWasShown() throws Exception {
        WorkflowRun run = succeeds("def p = packageRelease(builds: [812], platform: 'el9', commit: true)\n"
                + "echo \"got ${p.id} ${p.state} ${p.url}\"");
        r.assertLogContains("All checks are green", run);
        r.assertLogContains("The companion says: release 5 is being committed", run);
        r.assertLogContains("Release 5: preparing", run);
        r.assertLogContains("got 5 completed " + companion.url() + "/api/v1/releases/5/", run);
        assertThat(companion.count("POST /api/v1/releases/5/commit/")).isEqualTo(1);
        assertThat(release(run).getState()).isEqualTo("completed");
        assertThat(release(run).isDryRun()).isFalse();
        assertThat(release(run).getObjections()).isEmpty();
    }

    @Test
    void anObjectionFailsTheRunBeforeAnythingIsPublished() throws Exception {
        after.objects("wordfreq-1.3-1 has no signature");
        WorkflowRun run = fails("packageRelease(builds: [812], platform: 'el9', commit: true)");
        r.assertLogContains("release 5 cannot be committed: wordfreq-1.3-1 has no signature", run);
        assertThat(companion.count("POST /api/v1/releases/5/commit/")).isZero();
        assertThat(release(run).getState()).isEqualTo("scheduled");
        assertThat(release(run).getObjections()).containsExactly("red signature: wordfreq-1.3-1 has no signature");
    }

    @Test
    void aReleaseCanBeUndone() throws Exception {
        after.hasReleased();
        WorkflowRun run = succeeds("def p = packageRelease(revertTo: 5)\necho \"got ${p.id} ${p.state}\"");
        r.assertLogContains("The companion says: release 5 is undone", run);
        r.assertLogContains("got 5 reverted", run);
        assertThat(companion.count("POST /api/v1/releases/5/revert/")).isEqualTo(1);
        assertThat(release(run).getState()).isEqualTo("reverted");
    }
}
