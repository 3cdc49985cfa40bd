package io.jenkins.plugins.slipway.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.ConfiguratorRegistry;
import io.jenkins.plugins.casc.misc.Util;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Configuration as Code, both ways. */
@WithJenkins
class CodeJenkinsTest {
    @BeforeEach
    void configure(JenkinsRule r) throws Exception {
        ConfigurationAsCode.get()
                .configure(Objects.requireNonNull(getClass().getResource("code.yaml"))
                        .toExternalForm());
    }

    @Test
    void readsEverything() {
        assertThat(SlipwayGlobalConfiguration.get().isFolderUrlsAllowed()).isTrue();
        assertThat(SlipwayGlobalConfiguration.get().getServers()).hasSize(2);
        SlipwayServer main = SlipwayGlobalConfiguration.get().getServers().get(0);
        assertThat(main.getId()).isEqualTo("main");
        assertThat(main.getUrl()).isEqualTo("https://companion.example");
        assertThat(main.getCredentialsId()).isEqualTo("token");
        assertThat(main.getCaCredentialsId()).isEqualTo("authority");
        assertThat(main.getPatienceMinutes()).isEqualTo(45);
        assertThat(SlipwayGlobalConfiguration.get().getServers().get(1).getPatienceMinutes())
                .isNull();
    }

    @Test
    void writesTheSameAgain() throws Exception {
        ConfigurationContext context = new ConfigurationContext(ConfiguratorRegistry.get());
        String exported = Util.toYamlString(Util.getUnclassifiedRoot(context).get("slipway"));
        assertThat(exported).isEqualTo(Util.toStringFromYamlFile(this, "code-exported.yaml"));
    }
}
