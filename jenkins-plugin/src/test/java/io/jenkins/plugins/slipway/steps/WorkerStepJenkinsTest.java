package io.jenkins.plugins.slipway.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.cloudbees.plugins.credentials.CredentialsScope;
import hudson.model.Label;
import hudson.model.Result;
import hudson.slaves.DumbSlave;
import hudson.slaves.OfflineCause;
import io.jenkins.plugins.slipway.servers.Fixtures;
import io.jenkins.plugins.slipway.servers.SlipwayGlobalConfiguration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The worker program on an agent, of which only the command line is real here. */
@WithJenkins
class WorkerStepJenkinsTest {
    @TempDir
    private Path directory;

    private JenkinsRule r;
    private OneBuild companion;
    private DumbSlave agent;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        r = rule;
        companion = new OneBuild();
        BuildStepJenkinsTest.configure(companion);
        agent = r.createOnlineSlave(Label.get("worker"));
    }

    @AfterEach
    void stop() {
        companion.close();
    }

    /** A program whose arguments begin: worker --url ADDRESS --token-file FILE. */
    private WorkflowRun begin(String program) throws Exception {
        return begin(program, "");
    }

    private WorkflowRun begin(String program, String more) throws Exception {
        Path script = directory.resolve("slipway");
        Files.writeString(script, "#!/bin/sh\ncd '" + directory + "' || exit 1\n" + program);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        WorkflowJob job = r.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(
                "node('worker') { def w = packageWorker(untilIdle: true, program: '" + script + "'" + more
                        + ")\n echo \"did ${w.tasks}\" }",
                true));
        return Objects.requireNonNull(job.scheduleBuild2(0)).waitForStart();
    }

    @Test
    void thePipelineLearnsHowMuchItDid() throws Exception {
        WorkflowRun run = r.assertBuildStatusSuccess(r.waitForCompletion(begin("echo 'slipway: 3 tasks done'\n")));
        r.assertLogContains("[worker] slipway: 3 tasks done", run);
        r.assertLogContains("did 3", run);
    }

    @Test
    void argumentsAreTakenAsTheyAre() throws Exception {
        WorkflowRun run = r.assertBuildStatusSuccess(r.waitForCompletion(
                begin("for word; do echo \"<$word>\"; done\n", ", home: '/srv/${HOME}/$PATH/$$/x'")));
        r.assertLogContains("[worker] </srv/${HOME}/$PATH/$$/x>", run);
    }

    @Test
    void theTokenIsInAFileOfTheUserAloneAndGoesAway() throws Exception {
        WorkflowRun run = r.assertBuildStatusSuccess(r.waitForCompletion(
                begin("echo \"$*\" > arguments\n" + "stat -c %a \"$5\" \"$(dirname \"$5\")\" > modes\n"
                        + "cp \"$5\" token\n" + "echo \"$5\" > place\n")));
        assertThat(Files.readString(directory.resolve("token"))).isEqualTo(OneBuild.TOKEN);
        assertThat(Files.readAllLines(directory.resolve("modes"))).containsExactly("600", "700");
        assertThat(Files.readString(directory.resolve("arguments"))).doesNotContain(OneBuild.TOKEN);
        assertThat(Path.of(Files.readString(directory.resolve("place")).strip()).getParent())
                .doesNotExist();
        r.assertLogNotContains(OneBuild.TOKEN, run);
    }

    @Test
    void aProgramThatPrintsItsTokenTellsNobody() throws Exception {
        WorkflowRun run = r.assertBuildStatusSuccess(
                r.waitForCompletion(begin("echo \"token $(cat \"$5\")\"; echo \"error $(cat \"$5\")\" >&2\n")));
        r.assertLogContains("[worker] token ****", run);
        r.assertLogContains("[worker] error ****", run);
        r.assertLogNotContains(OneBuild.TOKEN, run);
    }

    @Test
    void aProgramThatOutlivesItsTokenGetsTheNextOne() throws Exception {
        Fixtures.client(CredentialsScope.SYSTEM, "client", "ci", "s3cret");
        SlipwayGlobalConfiguration.get().setServers(List.of(Fixtures.server("main", companion.url(), "client")));
        WorkflowRun run = r.assertBuildStatusSuccess(r.waitForCompletion(begin("first=$(cat \"$5\")\n"
                + "while [ \"$(cat \"$5\")\" = \"$first\" ]; do sleep 1; done\n"
                + "stat -c 'mode %a' \"$5\"; echo \"now $(cat \"$5\")\"\n")));
        r.assertLogContains("[worker] mode 600", run);
        r.assertLogContains("[worker] now ****", run);
        r.assertLogNotContains(OneBuild.TOKEN, run);
    }

    @Test
    void anAbortEndsThoughTheAgentHangs() throws Exception {
        WorkflowRun run = begin("echo $PPID > agent; echo started; exec sleep 600\n");
        r.waitForMessage("[worker] started", run);
        String pid = Files.readString(directory.resolve("agent")).strip();
        signal("STOP", pid);
        try {
            long began = System.nanoTime();
            run.doStop();
            r.waitForMessage("The worker program did not end in time", run);
            r.waitForMessage("Finished: ABORTED", run);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(45));
        } finally {
            signal("CONT", pid);
        }
    }

    private static void signal(String name, String pid) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor())
                .isZero();
    }

    @Test
    void anAgentThatComesBackStartsTheProgramAgain() throws Exception {
        WorkflowRun run = begin("if [ -e again ]; then echo 'slipway: 2 tasks done'; exit 0; fi\n"
                + "touch again; echo started; exec sleep 600\n");
        r.waitForMessage("[worker] started", run);
        agent.toComputer().disconnect(new OfflineCause.ByCLI("a test")).get();
        r.waitForMessage("The agent is away", run);
        agent.toComputer().connect(true).get();
        r.assertBuildStatusSuccess(r.waitForCompletion(run));
        r.assertLogContains("did 2", run);
    }

    @Test
    void whatIsLeftOnAnAgentGoesAwayWhenItIsBack() throws Exception {
        WorkflowRun run = begin("echo $$ > pid; dirname \"$5\" > place; echo started; exec sleep 600\n");
        r.waitForMessage("[worker] started", run);
        Path place = Path.of(Files.readString(directory.resolve("place")).strip());
        agent.toComputer().disconnect(new OfflineCause.ByCLI("a test")).get();
        r.waitForMessage("The agent is away", run);
        run.doStop();
        r.assertBuildStatus(Result.ABORTED, r.waitForCompletion(run));
        assertThat(place).exists();

        agent.toComputer().connect(true).get();

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(place).doesNotExist());
        long pid = Long.parseLong(Files.readString(directory.resolve("pid")).strip());
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void anAbortEndsTheProgram() throws Exception {
        WorkflowRun run = begin("echo $$ > pid; echo started; exec sleep 600\n");
        r.waitForMessage("[worker] started", run);
        run.doStop();
        r.assertBuildStatus(Result.ABORTED, r.waitForCompletion(run));
        long pid = Long.parseLong(Files.readString(directory.resolve("pid")).strip());
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void aProgramThatIsNotThereIsAClearFailure() throws Exception {
        WorkflowRun run = r.assertBuildStatus(Result.FAILURE, r.waitForCompletion(begin("exit 127\n")));
        r.assertLogContains("the agent has no worker program", run);
        r.assertLogNotContains("\tat ", run);
    }
}
