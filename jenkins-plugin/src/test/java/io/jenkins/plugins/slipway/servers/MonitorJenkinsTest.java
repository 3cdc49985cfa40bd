package io.jenkins.plugins.slipway.servers;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.ExtensionList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class MonitorJenkinsTest {
    @Test
    void tellsAdministratorsAndLeadsToTheForm(JenkinsRule r) throws Exception {
        SlipwayMonitor monitor = ExtensionList.lookupSingleton(SlipwayMonitor.class);
        assertThat(monitor.isActivated()).isFalse();
        SlipwayGlobalConfiguration.get()
                .setServers(List.of(Fixtures.server("main", "http://companion.example", "token")));
        assertThat(monitor.isActivated()).isTrue();
        String page = r.createWebClient().goTo("manage").getWebResponse().getContentAsString();
        assertThat(page).contains("The credentials of the Slipway server main can be read on their way");
    }
}
