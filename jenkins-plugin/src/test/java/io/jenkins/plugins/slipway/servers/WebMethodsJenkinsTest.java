package io.jenkins.plugins.slipway.servers;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsScope;
import hudson.model.Item;
import java.net.URL;
import java.util.HashMap;
import java.util.Map;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.Page;
import org.htmlunit.WebRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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

    private static final String SIGN = "descriptorByName/io.jenkins.plugins.slipway.steps.PackageSignStep/";

    private static final Map<String, JenkinsRule.WebClient> CLIENTS = new HashMap<>();

    private static JenkinsRule r;

    @BeforeAll
    static void secure(JenkinsRule rule) throws Exception {
        r = rule;
        Jenkins.MANAGE.setEnabled(true);
        r.createProject(Folder.class, "team");
        Fixtures.token(CredentialsScope.SYSTEM, "for-jenkins-only", "t0p-s3cret");
        Fixtures.token(CredentialsScope.GLOBAL, "for-jobs-too", "t0p-s3cret");
        Fixtures.add(Fixtures.file(CredentialsScope.SYSTEM, "file-for-jenkins-only", "t0p-s3cret"));
        Fixtures.add(Fixtures.file(CredentialsScope.GLOBAL, "file-for-jobs-too", "t0p-s3cret"));
        r.jenkins.setSecurityRealm(r.createDummySecurityRealm());
        r.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Jenkins.MANAGE, Item.READ)
                .everywhere()
                .to("manager")
                .grant(Jenkins.READ, Item.READ, Item.CONFIGURE)
                .everywhere()
                .to("configurer")
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader"));
    }

    @AfterAll
    static void stop() throws Exception {
        CLIENTS.clear();
        Jenkins.MANAGE.setEnabled(false);
        r.after();
    }

    private static JenkinsRule.WebClient client(String user) throws Exception {
        JenkinsRule.WebClient client = CLIENTS.get(user);
        if (client == null) {
            client = r.createWebClient().withThrowExceptionOnFailingStatusCode(false);
            if (user.equals("anonymous")) {
                // The page that refuses a stranger leads browsers on to the login, whose answer would be taken for this
                // one.
                client.getOptions().setJavaScriptEnabled(false);
                client.setRefreshHandler((page, url, seconds) -> {});
            } else {
                client.login(user);
            }
            CLIENTS.put(user, client);
        }
        return client;
    }

    private Page call(HttpMethod method, String user, String path) throws Exception {
        JenkinsRule.WebClient client = client(user);
        WebRequest request = new WebRequest(new URL(r.getURL(), path), method);
        return client.getPage(method == HttpMethod.POST ? client.addCrumb(request) : request);
    }

    private int status(HttpMethod method, String user, String path) throws Exception {
        return call(method, user, path).getWebResponse().getStatusCode();
    }

    @ParameterizedTest
    @CsvSource({"admin, 200", "manager, 403", "configurer, 403", "reader, 403", "anonymous, 403"})
    void checksOfTheGlobalFormAreForAdministrators(String user, int expected) throws Exception {
        for (String method : new String[] {"checkId", "checkUrl", "checkPatienceMinutes"}) {
            assertThat(status(HttpMethod.POST, user, FORM + method + "?value=main"))
                    .as(method)
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({"admin, 200", "configurer, 200", "manager, 403", "reader, 403"})
    void checksOfAFolderAreForThoseWhoMayConfigureIt(String user, int expected) throws Exception {
        for (String method : new String[] {"checkId", "checkUrl", "checkPatienceMinutes"}) {
            assertThat(status(HttpMethod.POST, user, "job/team/" + FORM + method + "?value=main"))
                    .as(method)
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({"admin, 200", "manager, 403", "configurer, 403", "reader, 403", "anonymous, 403"})
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
                "../io.jenkins.plugins.slipway.steps.PackageSignStep/fillCredentialsIdItems",
                "../io.jenkins.plugins.slipway.steps.PackageSignStep/fillPassphraseCredentialsIdItems",
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
    @ValueSource(strings = {"reader", "configurer", "manager"})
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

    private String list(String user, String method) throws Exception {
        return call(HttpMethod.POST, user, method).getWebResponse().getContentAsString();
    }

    @Test
    void administratorsSeeTheFilesThatMayHoldAuthorities() throws Exception {
        assertThat(list("admin", FORM + "fillCaCredentialsIdItems?caCredentialsId=now"))
                .contains("\"file-for-jenkins-only\"", "\"file-for-jobs-too\"", "\"now\"")
                .doesNotContain("\"for-jobs-too\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"manager", "configurer", "reader", "anonymous"})
    void othersLearnOfNoFileThatMayHoldAuthorities(String user) throws Exception {
        assertThat(list(user, FORM + "fillCaCredentialsIdItems?caCredentialsId=now"))
                .doesNotContain("file-for-jenkins-only", "file-for-jobs-too");
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin", "configurer"})
    void whoConfiguresAJobSeesTheKeysAndPassphrasesThatItMayUse(String user) throws Exception {
        assertThat(list(user, "job/team/" + SIGN + "fillCredentialsIdItems?credentialsId=now"))
                .contains("\"file-for-jobs-too\"", "\"now\"")
                .doesNotContain("\"for-jobs-too\"", "for-jenkins-only");
        assertThat(list(user, "job/team/" + SIGN + "fillPassphraseCredentialsIdItems?passphraseCredentialsId=now"))
                .contains("\"for-jobs-too\"", "\"now\"")
                .doesNotContain("\"file-for-jobs-too\"", "for-jenkins-only");
    }

    @ParameterizedTest
    @ValueSource(strings = {"manager", "reader", "anonymous"})
    void othersLearnOfNoKeyAndNoPassphrase(String user) throws Exception {
        for (String form : new String[] {SIGN, "job/team/" + SIGN}) {
            assertThat(list(user, form + "fillCredentialsIdItems?credentialsId=now")
                            + list(user, form + "fillPassphraseCredentialsIdItems?passphraseCredentialsId=now"))
                    .as(form)
                    .doesNotContain("for-jobs-too", "for-jenkins-only");
        }
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
