package io.jenkins.plugins.slipway.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import hudson.model.Result;
import io.jenkins.plugins.slipway.runs.SlipwayRunAction;
import io.jenkins.plugins.slipway.servers.Fixtures;
import io.jenkins.plugins.slipway.servers.SlipwayGlobalConfiguration;
import java.nio.file.Files;
import java.util.List;
import java.util.Objects;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class BuildStepJenkinsTest {
    static final String BUILD =
            "packageBuild(platforms: ['el9'], sources: [[url: 'https://git.example/wordfreq.git']])";

    private JenkinsRule r;
    private OneBuild companion;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        r = rule;
        companion = new OneBuild();
        configure(companion);
    }

    static void configure(OneBuild companion) throws Exception {
        Fixtures.token(CredentialsScope.SYSTEM, "token", OneBuild.TOKEN);
        SlipwayGlobalConfiguration.get().setServers(List.of(Fixtures.server("main", companion.url(), "token")));
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

    @Test
    void thePipelineGetsTheResult() throws Exception {
        companion.ends("succeeded");
        WorkflowRun run = begin("def b = " + BUILD + "\necho \"got ${b.id} ${b.state} ${b.tasks[0].arch}\"");
        r.assertBuildStatusSuccess(r.waitForCompletion(run));
        r.assertLogContains("got 812 succeeded x86_64", run);
        r.assertLogContains("[wordfreq el9/x86_64] compiling", run);
        assertThat(run.getAction(SlipwayRunAction.class).getBuilds()).hasSize(1);
    }

    @Test
    void aFailedBuildFailsTheRunWithoutAStackTrace() throws Exception {
        companion.ends("failed");
        WorkflowRun run = r.assertBuildStatus(Result.FAILURE, r.waitForCompletion(begin(BUILD)));
        r.assertLogContains("build 812 failed", run);
        r.assertLogNotContains("\tat ", run);
    }

    @Test
    void aFailedBuildCanBeLeftToThePipeline() throws Exception {
        companion.ends("failed");
        WorkflowRun run =
                begin("def b = " + BUILD.replace("]])", "]], propagate: false)") + "\necho \"state ${b.state}\"");
        r.assertBuildStatusSuccess(r.waitForCompletion(run));
        r.assertLogContains("state failed", run);
    }

    @Test
    void aWrongArgumentIsSaidBeforeAnyCall() throws Exception {
        WorkflowRun run = r.assertBuildStatus(
                Result.FAILURE, r.waitForCompletion(begin("packageBuild(platforms: [], sources: [])")));
        r.assertLogContains("packageBuild needs platforms", run);
        assertThat(companion.asked()).isEmpty();
    }

    @Test
    void abortingCancelsTheBuild() throws Exception {
        companion.runs();
        WorkflowRun run = begin(BUILD);
        r.waitForMessage("wordfreq for el9/x86_64: running", run);
        run.doStop();
        r.assertBuildStatus(Result.ABORTED, r.waitForCompletion(run));
        assertThat(companion.count("PATCH /api/v1/builds/812/cancel")).isEqualTo(1);
    }

    @Test
    void aTimeoutCancelsTheBuild() throws Exception {
        companion.runs();
        WorkflowRun run = begin("timeout(time: 3, unit: 'SECONDS') { " + BUILD + " }");
        r.assertBuildStatus(Result.ABORTED, r.waitForCompletion(run));
        assertThat(companion.count("PATCH ")).isEqualTo(1);
    }

    @Test
    void worksInParallelInLoopsAndInRetry() throws Exception {
        companion.ends("succeeded");
        WorkflowRun run = begin("parallel(a: { " + BUILD + " }, b: { retry(2) { " + BUILD
                + " } })\nfor (int i = 0; i < 2; i++) { " + BUILD + " }");
        r.assertBuildStatusSuccess(r.waitForCompletion(run));
        assertThat(companion.asked().stream()
                        .filter(line -> line.startsWith("POST /api/v1/builds/"))
                        .distinct())
                .hasSize(4);
    }

    @Test
    void aCompanionThatIsAwayForAMomentIsWaitedFor() throws Exception {
        companion.runs();
        WorkflowRun run = begin(BUILD);
        r.waitForMessage("wordfreq for el9/x86_64: running", run);
        companion.goAway(true);
        r.waitForMessage("No answer, trying again for", run);
        companion.ends("succeeded");
        companion.goAway(false);
        r.assertBuildStatusSuccess(r.waitForCompletion(run));
        r.assertLogContains("The companion answers again", run);
    }

    @Test
    void theTokenIsNowhereToBeRead() throws Exception {
        companion.ends("succeeded");
        WorkflowRun run = r.assertBuildStatusSuccess(r.waitForCompletion(begin(BUILD)));
        r.assertLogNotContains(OneBuild.TOKEN, run);
        try (var files = Files.walk(run.getRootDir().toPath())) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1))
                        .doesNotContain(OneBuild.TOKEN);
            }
        }
    }
}
