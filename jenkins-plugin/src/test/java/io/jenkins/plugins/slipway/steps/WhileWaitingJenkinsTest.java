package io.jenkins.plugins.slipway.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import hudson.model.Label;
import hudson.model.Result;
import hudson.slaves.DumbSlave;
import hudson.slaves.OfflineCause;
import io.jenkins.plugins.slipway.runs.BuildEntry;
import io.jenkins.plugins.slipway.runs.SlipwayRunAction;
import io.jenkins.plugins.slipway.servers.Fixtures;
import io.jenkins.plugins.slipway.servers.SlipwayGlobalConfiguration;
import io.jenkins.plugins.slipway.servers.SlipwayServer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jenkinsci.plugins.workflow.actions.LabelAction;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.graphanalysis.DepthFirstScanner;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What may happen to a run, its job and its console while a step waits. */
@WithJenkins
class WhileWaitingJenkinsTest {
    private static final String BUILD = BuildStepJenkinsTest.BUILD;

    private JenkinsRule r;
    private OneBuild companion;
    private WorkflowJob job;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        r = rule;
        companion = new OneBuild();
        BuildStepJenkinsTest.configure(companion);
        job = r.createProject(WorkflowJob.class, "before");
    }

    @AfterEach
    void stop() {
        companion.close();
    }

    private WorkflowRun begin(String script) throws Exception {
        job.setDefinition(new CpsFlowDefinition(script, true));
        return Objects.requireNonNull(job.scheduleBuild2(0)).waitForStart();
    }

    private WorkflowRun waiting(String script) throws Exception {
        companion.runs();
        WorkflowRun run = begin(script);
        r.waitForMessage("wordfreq for el9/x86_64: running", run);
        return run;
    }

    @Test
    void theStepIsCalledByWhatItDoes() throws Exception {
        companion.ends("succeeded");
        WorkflowRun run = r.assertBuildStatusSuccess(r.waitForCompletion(begin(BUILD)));
        assertThat(new DepthFirstScanner()
                        .filteredNodes(
                                run.getExecution(), node -> node != null && node.getAction(LabelAction.class) != null))
                .extracting(FlowNode::getDisplayName)
                .containsExactly("Building wordfreq for el9");
    }

    @Test
    void worksInADeclarativePipeline() throws Exception {
        companion.ends("succeeded");
        WorkflowRun run = begin("pipeline { agent none\n stages { stage('Build') { steps { script { b = " + BUILD
                + " } } }\n" + "stage('Say') { steps { echo \"got ${b.id} ${b.state}\" } } } }");
        r.assertBuildStatusSuccess(r.waitForCompletion(run));
        r.assertLogContains("got 812 succeeded", run);
    }

    @Test
    void twoBuildsOfOneRunAreBothOnItsPage() throws Exception {
        companion.ends("succeeded");
        WorkflowRun run = r.assertBuildStatusSuccess(r.waitForCompletion(begin(BUILD + "\n" + BUILD)));
        assertThat(run.getAction(SlipwayRunAction.class).getBuilds())
                .extracting(BuildEntry::getId)
                .containsExactly("812", "813");
    }

    @Test
    void aJobMayGetAnotherName() throws Exception {
        waiting("def b = " + BUILD + "\necho \"got ${b.id}\"");
        job.renameTo("after");
        companion.ends("succeeded");
        WorkflowRun run = job.getBuildByNumber(1);
        r.assertBuildStatusSuccess(r.waitForCompletion(run));
        r.assertLogContains("got 812", run);
    }

    @Test
    void removingTheJobCancelsWhatItWaitsFor() throws Exception {
        waiting(BUILD);
        job.delete();
        assertThat(companion.count("PATCH /api/v1/builds/812/cancel")).isEqualTo(1);
        assertThat(r.jenkins.getItemByFullName("before")).isNull();
        assertThat(job.getRootDir()).doesNotExist();
    }

    @Test
    void anAbortEndsThoughTheCompanionIsAway() throws Exception {
        WorkflowRun run = waiting(BUILD);
        companion.goAway(true);
        long began = System.nanoTime();
        run.doStop();
        r.assertBuildStatus(Result.ABORTED, r.waitForCompletion(run));
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(45));
        r.assertLogContains("what is left there may still run", run);
    }

    @Test
    void theStepFailsWhenItsPatienceEnds() throws Exception {
        SlipwayServer server = Fixtures.server("main", companion.url(), "token");
        server.setPatienceMinutes(1);
        SlipwayGlobalConfiguration.get().setServers(List.of(server));
        WorkflowRun run = waiting(BUILD);
        companion.goAway(true);
        r.waitForMessage("No answer, trying again for 60 seconds: the companion at " + companion.url(), run);
        companion.breakDown();
        companion.goAway(false);
        r.waitForMessage("Still no answer: the service failed", run);
        r.assertBuildStatus(Result.FAILURE, r.waitForCompletion(run));
        r.assertLogContains("no answer for 60 seconds: the service failed (trace 0af7651916cd43dd)", run);
        r.assertLogNotContains("\tat ", run);
    }

    @Test
    void aLogCannotGiveOrdersToTheConsole() throws Exception {
        companion.says("\u001B[8mha:////4AAAA\u001B[0mfaked\u001B[31m red\u0007\n");
        companion.ends("succeeded");
        WorkflowRun run = r.assertBuildStatusSuccess(r.waitForCompletion(begin(BUILD)));
        r.assertLogContains("ha:////4AAAAfaked red", run);
        assertThat(org.apache.commons.io.IOUtils.toString(run.getLogText().readAll()))
                .doesNotContain("\u001B[8mha:////4AAAA")
                .doesNotContain("\u0007");
    }

    @Test
    void aReasonForFailureCannotEither() throws Exception {
        companion.failsBecause("\u001B[8mha:////4AAAA\u001B[0mfaked");
        WorkflowRun run = r.assertBuildStatus(Result.FAILURE, r.waitForCompletion(begin(BUILD)));
        assertThat(org.apache.commons.io.IOUtils.toString(run.getLogText().readAll()))
                .contains("faked")
                .doesNotContain("\u001B[8mha:////4AAAA");
    }

    @Test
    void theRunSaysWhyItFailedAndWhereToLook() throws Exception {
        companion.failsBecause("<b>no space</b>");
        WorkflowRun run = r.assertBuildStatus(Result.FAILURE, r.waitForCompletion(begin(BUILD)));
        var page = r.createWebClient().getPage(run);
        assertThat(page.asNormalizedText()).contains("build 812 failed: <b>no space</b>", "Details");
    }

    @Test
    void aRunThatDidNothingLeadsToNoPage() throws Exception {
        Fixtures.token(CredentialsScope.SYSTEM, "old", "an-old-one");
        SlipwayGlobalConfiguration.get().setServers(List.of(Fixtures.server("main", companion.url(), "old")));
        WorkflowRun run = r.assertBuildStatus(Result.FAILURE, r.waitForCompletion(begin(BUILD)));
        assertThat(r.createWebClient().getPage(run).asNormalizedText())
                .contains("unknown token")
                .doesNotContain("Details");
    }

    @Test
    void testResultsWaitForAnAgentThatIsAway() throws Exception {
        DumbSlave agent = r.createOnlineSlave(Label.get("worker"));
        companion.runs();
        WorkflowRun run = begin("node('worker') { packageTest(build: 812, junitFile: 'sub/results.xml')\n"
                + "echo readFile('sub/results.xml') }");
        r.waitForMessage("its tests come then", run);
        agent.toComputer().disconnect(new OfflineCause.ByCLI("a test")).get();
        companion.ends("succeeded");
        r.waitForMessage("The agent is away", run);
        agent.toComputer().connect(true).get();
        r.assertBuildStatusSuccess(r.waitForCompletion(run));
        r.assertLogContains("<testsuites", run);
    }

    @Test
    void testResultsThatCannotBeWrittenAreAClearFailure() throws Exception {
        r.createOnlineSlave(Label.get("worker"));
        companion.ends("succeeded");
        WorkflowRun run = r.assertBuildStatus(
                Result.FAILURE,
                r.waitForCompletion(begin("node('worker') { writeFile(file: 'results.xml/there', text: '')\n"
                        + "packageTest(build: 812, junitFile: 'results.xml') }")));
        r.assertLogContains("the test results cannot be written to results.xml", run);
        r.assertLogNotContains("\tat ", run);
    }
}
