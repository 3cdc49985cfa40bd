package dev.slipway.server.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.TestGithub;
import dev.slipway.server.testing.TestResponse;
import java.util.Map;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logs in at a server that answers as GitHub does. A code names the user: {@code code-of-ada} is ada's. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class GithubLoginTest {
    private static final TestGithub GITHUB = new TestGithub();

    private static final int REFUSALS = 20;

    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension(settings());

    private static Map<String, String> settings() {
        Map<String, String> settings = GITHUB.settings();
        settings.put("login.role", "reader");
        settings.put("limits.refused-login-burst", String.valueOf(REFUSALS));
        return settings;
    }

    @AfterAll
    static void stopGithub() {
        GITHUB.close();
    }

    private static TestResponse logIn(String user) {
        return companion
                .anonymous()
                .post("/api/v1/users/login/github", "{\"user\": {\"code\": \"code-of-" + user + "\"}}");
    }

    @Test
    void answersWhoItIsAndATokenAsTheFoundingDocumentSays() {
        TestResponse answer = logIn("ada");

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        JsonNode in = answer.json();
        assertThat(in.path("username").asText()).isEqualTo("ada");
        assertThat(in.path("email").asText()).isEqualTo("ada@example.org");
        assertThat(companion
                        .as(in.path("jwt_token").asText())
                        .get("/api/v1/users/")
                        .json()
                        .path("id")
                        .asLong())
                .isEqualTo(in.path("id").asLong());
    }

    @Test
    void takesTheCodeAsTheFoundingSystemsOwnPagesSendIt() {
        TestResponse answer = companion.anonymous().post("/api/v1/users/login/github", "{\"code\": \"code-of-ada\"}");

        assertThat(answer.json().path("username").asText()).isEqualTo("ada");
    }

    @Test
    void letsMembersOfATeamIn() {
        TestResponse answer = logIn("teammate");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("email").asText()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"stranger", "invited"})
    void letsNobodyElseIn(String user) {
        TestResponse answer = logIn(user);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(companion.value("select count(*) from app_user where username = '" + user + "'"))
                .isEqualTo("0");
    }

    @Test
    void refusesACodeThatGithubDoesNotTake() {
        TestResponse answer =
                companion.anonymous().post("/api/v1/users/login/github", "{\"user\": {\"code\": \"used-up\"}}");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.problem()).isEqualTo("login-failed");
    }

    @Test
    void saysThatGithubCannotBeAsked() {
        TestResponse answer = logIn("nonsense");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"user\": {}}", "{\"user\": {\"code\": null}}", "[]", "{\"code\": 1}"})
    void refusesABodyThatIsNone(String body) {
        assertThat(companion
                        .anonymous()
                        .post("/api/v1/users/login/github", body)
                        .status())
                .isEqualTo(400);
    }

    @Test
    void refusesAnEmptyCode() {
        assertThat(companion
                        .anonymous()
                        .post("/api/v1/users/login/github", "{\"user\": {\"code\": \" \"}}")
                        .status())
                .isEqualTo(422);
    }

    @Test
    void grantsANewPersonTheRoleThatIsSetForThem() {
        String token = logIn("ada").json().path("jwt_token").asText();

        assertThat(companion.as(token).get("/api/v1/builds/").status()).isEqualTo(200);
        assertThat(companion.as(token).post("/api/v1/builds/", "{}").status()).isEqualTo(403);
    }

    @Test
    void logsABrowserInToo() {
        TestResponse off = companion.anonymous().get("/login/github");
        HttpUrl asked = HttpUrl.get(off.header("Location"));
        assertThat(asked.encodedPath()).isEqualTo("/login/oauth/authorize");
        assertThat(asked.queryParameter("client_id")).isEqualTo("Iv1.slipway");

        TestResponse in = companion
                .anonymous()
                .with("Cookie", off.header("Set-Cookie").split(";", 2)[0])
                .get("/login/github/callback?code=code-of-ada&state=" + asked.queryParameter("state"));

        assertThat(in.status()).as(in.toString()).isEqualTo(200);
        assertThat(in.json().path("username").asText()).isEqualTo("ada");
    }

    private static String audited(TestResponse answer) {
        return companion.value("select concat_ws(' ', actor, action, object_kind, object_id, remote_addr,"
                + " after_state->>'provider', after_state->>'for', after_state->>'reason') from audit_event"
                + " where trace_id = '" + answer.header("Slipway-Trace") + "' and action like 'login%'");
    }

    @Test
    void writesDownWhoLoggedInHowAndFromWhere() {
        TestResponse in = logIn("ada");

        assertThat(audited(in))
                .isEqualTo("ada login user " + in.json().path("id").asLong() + " 127.0.0.1 github token");
    }

    @Test
    void writesDownWhoWasRefusedAndWhy() {
        assertThat(audited(logIn("stranger")))
                .startsWith("anonymous login-refused login github 127.0.0.1 ")
                .contains("organisation");
    }

    @Test
    void showsLoginsToAuditorsAlone() {
        logIn("ada");

        assertThat(companion
                        .as("auditor", "audit:read")
                        .get("/api/v1/audit?action=login&actor=ada")
                        .json())
                .isNotEmpty();
        assertThat(companion
                        .as("nosy", "builds:read", "users:read")
                        .get("/api/v1/audit?action=login")
                        .status())
                .isEqualTo(403);
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void refusesAnAddressThatIsRefusedTooOftenAndWritesNoMore() {
        TestResponse answer = logIn("stranger");
        for (int i = 0; i < 4 * REFUSALS && answer.status() != 429; i++) {
            answer = logIn("stranger");
        }

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.header("Retry-After")).isNotBlank();
        assertThat(audited(answer)).isNull();
    }

    @Test
    void keepsTheSecretOutOfAddresses() {
        logIn("ada");

        assertThat(GITHUB.asked()).isNotEmpty().noneMatch(url -> url.contains("github-secret") || url.contains("gho_"));
    }
}
