package io.jenkins.plugins.slipway.servers;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsScope;
import hudson.model.Item;
import java.net.URL;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.Page;
import org.htmlunit.WebRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Who may call what: every web method as every role, in the global form and in that of a folder. */
@WithJenkins
class WebMethodsJenkinsTest {
    private static final String FORM = "descriptorByName/io.jenkins.plugins.slipway.servers.SlipwayServer/";

    private JenkinsRule r;

    @BeforeEach
    void secure(JenkinsRule rule) throws Exception {
        r = rule;
        r.createProject(Folder.class, "team");
        Fixtures.token(CredentialsScope.SYSTEM, "for-jenkins-only", "t0p-s3cret");
        Fixtures.token(CredentialsScope.GLOBAL, "for-jobs-too", "t0p-s3cret");
        r.jenkins.setSecurityRealm(r.createDummySecurityRealm());
        r.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Item.READ, Item.CONFIGURE)
                .everywhere()
                .to("configurer")
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader"));
    }

    private Page call(HttpMethod method, String user, String path) throws Exception {
        JenkinsRule.WebClient client = r.createWebClient().withThrowExceptionOnFailingStatusCode(false);
        if (user.equals("anonymous")) {
            // The page that refuses a stranger leads browsers on to the login, whose answer would be taken for this
            // one.
            client.getOptions().setJavaScriptEnabled(false);
            client.setRefreshHandler((page, url, seconds) -> {});
        } else {
            client.login(user);
        }
        WebRequest request = new WebRequest(new URL(r.getURL(), path), method);
        return client.getPage(method == HttpMethod.POST ? client.addCrumb(request) : request);
    }

    private int status(HttpMethod method, String user, String path) throws Exception {
        return call(method, user, path).getWebResponse().getStatusCode();
    }

    @ParameterizedTest
    @CsvSource({"admin, 200", "configurer, 403", "reader, 403", "anonymous, 403"})
    void checksOfTheGlobalFormAreForAdministrators(String user, int expected) throws Exception {
        for (String method : new String[] {"checkId", "checkUrl", "checkPatienceMinutes"}) {
            assertThat(status(HttpMethod.POST, user, FORM + method + "?value=main"))
                    .as(method)
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({"admin, 200", "configurer, 200", "reader, 403"})
    void checksOfAFolderAreForThoseWhoMayConfigureIt(String user, int expected) throws Exception {
        for (String method : new String[] {"checkId", "checkUrl", "checkPatienceMinutes"}) {
            assertThat(status(HttpMethod.POST, user, "job/team/" + FORM + method + "?value=main"))
                    .as(method)
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({"admin, 200", "configurer, 403", "reader, 403", "anonymous, 403"})
    void onlyAdministratorsMakeTheControllerCallAnAddress(String user, int expected) throws Exception {
        try (FakeCompanion companion = new FakeCompanion()) {
            String test = FORM + "testConnection?url=" + companion.url();
            assertThat(status(HttpMethod.POST, user, test)).isEqualTo(expected);
            assertThat(status(HttpMethod.POST, user, "job/team/" + test)).isEqualTo(expected);
            assertThat(companion.asked().isEmpty()).isEqualTo(expected != 200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "checkId?value=a",
                "checkUrl?value=a",
                "checkPatienceMinutes?value=1",
                "fillCredentialsIdItems",
                "fillCaCredentialsIdItems",
                "testConnection?url=https://companion.example"
            })
    void nothingIsDoneByALink(String method) throws Exception {
        assertThat(status(HttpMethod.GET, "admin", FORM + method)).isIn(404, 405);
    }

    private String credentials(String user, String form) throws Exception {
        return call(
                        HttpMethod.POST,
                        user,
                        form + "fillCredentialsIdItems?url=https://companion.example&credentialsId=now")
                .getWebResponse()
                .getContentAsString();
    }

    @Test
    void administratorsSeeAllCredentials() throws Exception {
        assertThat(credentials("admin", FORM)).contains("for-jenkins-only", "for-jobs-too", "now");
    }

    @ParameterizedTest
    @ValueSource(strings = {"reader", "configurer"})
    void othersSeeOnlyWhatIsSelected(String user) throws Exception {
        assertThat(credentials(user, FORM))
                .contains("now")
                .doesNotContain("for-jenkins-only")
                .doesNotContain("for-jobs-too");
    }

    @Test
    void aFolderNeverListsWhatIsForJenkinsOnly() throws Exception {
        assertThat(credentials("admin", "job/team/" + FORM))
                .contains("for-jobs-too")
                .doesNotContain("for-jenkins-only");
    }

    @Test
    void missingParametersAreNoFault() throws Exception {
        for (String method : new String[] {"checkId", "checkUrl", "checkPatienceMinutes", "testConnection"}) {
            assertThat(status(HttpMethod.POST, "admin", FORM + method))
                    .as(method)
                    .isEqualTo(200);
        }
    }
}
