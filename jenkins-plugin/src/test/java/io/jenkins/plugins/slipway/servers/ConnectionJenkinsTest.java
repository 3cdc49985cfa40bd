package io.jenkins.plugins.slipway.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import dev.slipway.client.http.Api;
import dev.slipway.client.servers.ChosenServer;
import dev.slipway.client.steps.WorkerProgram;
import hudson.AbortException;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.util.FormValidation;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** How credentials are found, used and tracked, and what Test Connection says. */
@WithJenkins
class ConnectionJenkinsTest {
    private JenkinsRule r;
    private FakeCompanion companion;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        r = rule;
        companion = new FakeCompanion();
        Fixtures.token(CredentialsScope.SYSTEM, "token", "t0p-s3cret");
        Fixtures.token(CredentialsScope.GLOBAL, "wrong", "no-such-token");
        Fixtures.client(CredentialsScope.GLOBAL, "client", "ci", "s3cret");
    }

    @AfterEach
    void stop() {
        companion.close();
    }

    private FormValidation test(String credentialsId) {
        return ConnectionTest.run(null, companion.url() + "/", credentialsId, "");
    }

    private Api connect(String credentialsId, FreeStyleBuild run) throws AbortException {
        SlipwayGlobalConfiguration.get().setServers(List.of(Fixtures.server("main", companion.url(), credentialsId)));
        ChosenServer server = ConfiguredServers.choose(run.getParent(), null);
        return ConfiguredServers.connect(server, run);
    }

    private FreeStyleBuild run() throws Exception {
        FreeStyleProject job = r.createFreeStyleProject();
        return r.buildAndAssertSuccess(job);
    }

    @Test
    void theTestSaysVersionUserAndScopes() {
        FormValidation said = test("token");
        assertThat(said.kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(said.getMessage()).contains("1.2.3", "ci", "builds:create");
    }

    @Test
    void theTestMintsATokenForAClient() {
        assertThat(test("client").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(companion.asked()).anyMatch(asked -> asked.startsWith("/oauth/token Basic "));
    }

    @Test
    void theTestSaysWhenCredentialsAreRefusedOrMissing() {
        assertThat(test("wrong").getMessage()).contains("does not take these credentials");
        assertThat(test("nobody").getMessage()).contains("no credentials with the id nobody");
    }

    @Test
    void requestsSayWhoAsks() {
        test("");
        assertThat(companion.asked()).singleElement().asString().matches("/status null slipway/\\S+ Jenkins/\\S+");
    }

    @Test
    void whatTheAdministratorChoseCanBeOfTheSystemScope() throws Exception {
        connect("token", run()).request("GET", "token", "status").send();
        assertThat(companion.asked()).anyMatch(asked -> asked.startsWith("/api/v1/token/status Bearer t0p-s3cret"));
    }

    @Test
    void theUseOfACredentialIsTracked() throws Exception {
        FreeStyleBuild run = run();
        connect("token", run);
        var credential =
                SystemCredentialsProvider.getInstance().getCredentials().get(0);
        assertThat(CredentialsProvider.getFingerprintOf(credential).getJobs())
                .contains(run.getParent().getFullName());
    }

    @Test
    void aMissingCredentialIsNamed() throws Exception {
        FreeStyleBuild run = run();
        assertThatThrownBy(() -> connect("gone", run))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("no credentials with the id gone")
                .hasMessageContaining("main");
    }

    @Test
    void tokensAreMintedOnceForManyConnections() throws Exception {
        FreeStyleBuild run = run();
        connect("client", run).request("GET", "token", "status").send();
        connect("client", run).request("GET", "token", "status").send();
        assertThat(companion.asked().stream().filter(asked -> asked.startsWith("/oauth/token")))
                .hasSize(1);
    }

    @Test
    void noServerIsSaidSoAndRemembered() throws Exception {
        FreeStyleProject job = r.createFreeStyleProject();
        assertThatThrownBy(() -> ConfiguredServers.choose(job, null))
                .hasMessageContaining("no Slipway server is configured");
        assertThat(new SlipwayMonitor().getProblems()).hasSize(1);
    }

    @Test
    void programsOnAgentsGetTokensForTheirWorkOnly() throws Exception {
        SlipwayGlobalConfiguration.get().setServers(List.of(Fixtures.server("main", companion.url(), "client")));
        FreeStyleBuild run = run();
        ChosenServer server = ConfiguredServers.choose(run.getParent(), null);
        assertThat(ConfiguredServers.token(server, run, WorkerProgram.SIGNS)).isEqualTo("minted");
        assertThat(companion.forms())
                .singleElement()
                .asString()
                .contains("scope=blobs%3Aread+sign-tasks%3Asign+tasks%3Aclaim+workers%3Aregister");
    }
}
