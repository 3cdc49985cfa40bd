package io.jenkins.plugins.slipway.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.plugins.credentials.CredentialsScope;
import java.util.List;
import org.htmlunit.html.HtmlButton;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlForm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

class GlobalConfigurationJenkinsTest {
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @Test
    void theFormGivesBackWhatWasSet() throws Throwable {
        sessions.then(r -> {
            Fixtures.token(CredentialsScope.SYSTEM, "token", "t0p-s3cret");
            SlipwayServer main = Fixtures.server("main", "https://companion.example", "token");
            main.setPatienceMinutes(45);
            SlipwayServer other = Fixtures.server("other", "https://other.example", null);
            SlipwayGlobalConfiguration.get().setServers(List.of(main, other));
            SlipwayGlobalConfiguration.get().setFolderUrlsAllowed(true);

            r.configRoundtrip();

            List<SlipwayServer> servers = SlipwayGlobalConfiguration.get().getServers();
            r.assertEqualDataBoundBeans(List.of(main, other), servers);
            assertThat(SlipwayGlobalConfiguration.get().isFolderUrlsAllowed()).isTrue();
        });
    }

    @Test
    void aFormWithoutARowEmptiesTheList() throws Throwable {
        sessions.then(r -> {
            SlipwayGlobalConfiguration configuration = SlipwayGlobalConfiguration.get();
            configuration.setServers(List.of(new SlipwayServer("main", "https://companion.example")));
            HtmlForm form = r.createWebClient().goTo("configure").getFormByName("config");
            HtmlElement id = form.getInputByName("_.id");
            HtmlElement row = id.getFirstByXPath("ancestor::div[contains(@class,'repeated-chunk')]");
            row.<HtmlButton>getFirstByXPath(".//button[contains(@class,'repeatable-delete')]")
                    .click();
            r.submit(form);
            assertThat(configuration.getServers()).isEmpty();
        });
    }

    @Test
    void survivesARestart() throws Throwable {
        sessions.then(r -> SlipwayGlobalConfiguration.get()
                .setServers(List.of(Fixtures.server("main", "https://companion.example", "token"))));
        sessions.then(r -> assertThat(SlipwayGlobalConfiguration.get().getServers())
                .singleElement()
                .satisfies(server -> {
                    assertThat(server.getId()).isEqualTo("main");
                    assertThat(server.getCredentialsId()).isEqualTo("token");
                }));
    }

    @Test
    void twoServersOfOneIdAreRefused() throws Throwable {
        sessions.then(r -> assertThatThrownBy(() -> SlipwayGlobalConfiguration.get()
                        .setServers(List.of(new SlipwayServer("a", "https://x"), new SlipwayServer("a", "https://y"))))
                .hasMessageContaining("have the id a"));
    }
}
