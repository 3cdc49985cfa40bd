package io.jenkins.plugins.slipway.folders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.hudson.plugins.folder.Folder;
import dev.slipway.client.servers.ChosenServer;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.slipway.servers.ConfiguredServers;
import io.jenkins.plugins.slipway.servers.Fixtures;
import io.jenkins.plugins.slipway.servers.SlipwayGlobalConfiguration;
import io.jenkins.plugins.slipway.servers.SlipwayServer;
import java.util.List;
import org.htmlunit.Page;
import org.htmlunit.html.HtmlForm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class FolderPropertyJenkinsTest {
    private JenkinsRule r;
    private Folder outer;
    private Folder inner;
    private FreeStyleProject job;

    @BeforeEach
    void build(JenkinsRule rule) throws Exception {
        r = rule;
        outer = r.createProject(Folder.class, "outer");
        inner = outer.createProject(Folder.class, "inner");
        job = inner.createProject(FreeStyleProject.class, "job");
        SlipwayGlobalConfiguration.get()
                .setServers(List.of(
                        Fixtures.server("main", "https://companion.example", "admin-token"),
                        Fixtures.server("other", "https://other.example", null)));
    }

    private static void configure(Folder folder, String defaultServer, SlipwayServer... servers) throws Exception {
        SlipwayFolderProperty property = new SlipwayFolderProperty();
        property.setDefaultServer(defaultServer);
        property.setServers(List.of(servers));
        folder.addProperty(property);
    }

    @Test
    void theFormGivesBackWhatWasSet() throws Exception {
        SlipwayServer entry = Fixtures.server("main", "", null);
        entry.setPatienceMinutes(7);
        configure(outer, "other", entry);

        r.configRoundtrip(outer);

        SlipwayFolderProperty after = outer.getProperties().get(SlipwayFolderProperty.class);
        assertThat(after.getDefaultServer()).isEqualTo("other");
        r.assertEqualDataBoundBeans(List.of(entry), after.getServers());
    }

    @Test
    void aFolderThatSaysNothingStoresNothing() throws Exception {
        r.configRoundtrip(outer);
        assertThat(outer.getProperties().get(SlipwayFolderProperty.class)).isNull();
    }

    @Test
    void theNearestFolderChooses() throws Exception {
        configure(outer, "main");
        configure(inner, "other");
        assertThat(ConfiguredServers.choose(job, null).id()).isEqualTo("other");
    }

    @Test
    void aFolderBringsItsOwnCredentials() throws Exception {
        configure(outer, null, Fixtures.server("main", "", "team-token"));
        ChosenServer chosen = ConfiguredServers.choose(job, "main");
        assertThat(chosen.credentials()).isEqualTo(new ChosenServer.Reference("team-token", false));
    }

    @Test
    void aFolderMayNotNameAnAddressUnlessTheAdministratorSaysSo() throws Exception {
        configure(inner, null, Fixtures.server("main", "https://elsewhere.example", null));
        assertThatThrownBy(() -> ConfiguredServers.choose(job, "main"))
                .hasMessageContaining("outer/inner")
                .hasMessageContaining("does not allow");
        SlipwayGlobalConfiguration.get().setFolderUrlsAllowed(true);
        ChosenServer chosen = ConfiguredServers.choose(job, "main");
        assertThat(chosen.url()).isEqualTo("https://elsewhere.example/");
        assertThat(chosen.credentials()).isNull();
    }

    @Test
    void aFormWithABadIdIsRefusedInWords() throws Exception {
        configure(outer, null, Fixtures.server("main", "", null));
        try (JenkinsRule.WebClient browser = r.createWebClient()) {
            browser.setThrowExceptionOnFailingStatusCode(false);
            HtmlForm form = browser.getPage(outer, "configure").getFormByName("config");
            form.getInputByName("_.id").setValue("no id");
            Page answer = r.submit(form);
            assertThat(answer.getWebResponse().getStatusCode()).isEqualTo(400);
            assertThat(answer.getWebResponse().getContentAsString()).contains("no id");
        }
        assertThat(outer.getProperties()
                        .get(SlipwayFolderProperty.class)
                        .getServers()
                        .get(0)
                        .getId())
                .isEqualTo("main");
    }
}
