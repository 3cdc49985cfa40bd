package io.jenkins.plugins.slipway.folders;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.slipway.servers.ConfiguredServers;
import io.jenkins.plugins.slipway.servers.SlipwayGlobalConfiguration;
import io.jenkins.plugins.slipway.servers.SlipwayServer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** On a controller that has no folders the plugin works all the same. */
class WithoutFoldersJenkinsTest {
    @RegisterExtension
    private final RealJenkinsExtension jenkins = new RealJenkinsExtension().omitPlugins("cloudbees-folder");

    @Test
    void choosesAServer() throws Throwable {
        jenkins.then(WithoutFoldersJenkinsTest::choose);
    }

    private static void choose(JenkinsRule r) throws Throwable {
        assertThat(r.jenkins.getPlugin("cloudbees-folder")).isNull();
        SlipwayGlobalConfiguration.get().setServers(List.of(new SlipwayServer("main", "https://companion.example")));
        FreeStyleProject job = r.createFreeStyleProject();
        assertThat(ConfiguredServers.choose(job, null).id()).isEqualTo("main");
    }
}
