package io.jenkins.plugins.slipway.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

class RestartJenkinsTest {
    @RegisterExtension
    final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private OneBuild companion;

    @BeforeEach
    void start() throws Exception {
        companion = new OneBuild();
    }

    @AfterEach
    void stop() {
        companion.close();
    }

    private void begin(JenkinsRule r, String until) throws Exception {
        BuildStepJenkinsTest.configure(companion);
        WorkflowJob job = r.createProject(WorkflowJob.class, "p");
        job.setDefinition(new CpsFlowDefinition(
                "def b = " + BuildStepJenkinsTest.BUILD + "\necho \"got ${b.id} ${b.state}\"", true));
        WorkflowRun run = Objects.requireNonNull(job.scheduleBuild2(0)).waitForStart();
        r.waitForMessage(until, run);
    }

    private WorkflowRun run(JenkinsRule r) {
        return r.jenkins.getItemByFullName("p", WorkflowJob.class).getBuildByNumber(1);
    }

    private void goesOn(JenkinsRule r) throws Exception {
        WorkflowRun run = run(r);
        r.assertBuildStatusSuccess(r.waitForCompletion(run));
        r.assertLogContains("got 812 succeeded", run);
    }

    @Test
    void whileTheBuildIsQueued() throws Throwable {
        sessions.then(r -> begin(r, "Build 812"));
        sessions.then(r -> {
            companion.ends("succeeded");
            goesOn(r);
        });
        assertThat(companion.count("POST ")).isEqualTo(1);
    }

    @Test
    void whileTheBuildRuns() throws Throwable {
        companion.runs();
        sessions.then(r -> begin(r, "wordfreq for el9/x86_64: running"));
        sessions.then(r -> {
            companion.ends("succeeded");
            goesOn(r);
        });
        assertThat(companion.count("POST ")).isEqualTo(1);
    }

    @Test
    void whenTheBuildHasEndedMeanwhile() throws Throwable {
        companion.runs();
        sessions.then(r -> begin(r, "running"));
        companion.ends("succeeded");
        sessions.then(this::goesOn);
        assertThat(companion.count("POST ")).isEqualTo(1);
    }

    @Test
    void whenTheCompanionIsDownAtFirst() throws Throwable {
        companion.runs();
        sessions.then(r -> begin(r, "running"));
        companion.goAway(true);
        sessions.then(r -> {
            r.waitForMessage("No answer, trying again for", run(r));
            companion.ends("succeeded");
            companion.goAway(false);
            goesOn(r);
        });
        assertThat(companion.count("POST ")).isEqualTo(1);
    }

    @Test
    void anAbortAfterARestartStillCancels() throws Throwable {
        companion.runs();
        sessions.then(r -> begin(r, "running"));
        sessions.then(r -> {
            WorkflowRun run = run(r);
            r.waitForMessage("Ready to run", run);
            run.doStop();
            r.waitForCompletion(run);
        });
        assertThat(companion.count("PATCH ")).isEqualTo(1);
    }
}
