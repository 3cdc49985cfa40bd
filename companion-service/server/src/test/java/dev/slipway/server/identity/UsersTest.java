package dev.slipway.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.api.identity.GrantRequest;
import dev.slipway.api.identity.Role;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.TestApi;
import dev.slipway.server.testing.TestResponse;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class UsersTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    private static long id(String username) {
        return Long.parseLong(companion.value("select id from app_user where username = '" + username + "'"));
    }

    private static void email(String username) {
        companion.value("update app_user set email = username || '@example.org' where username = '" + username
                + "' returning id");
    }

    private static TestResponse setActive(long id, boolean active) {
        return companion.admin().patch("/api/v1/users/" + id, "{\"active\": " + active + "}");
    }

    @Test
    void showNoEmailOfOthers() {
        companion.as("private", "users:read-self");
        email("private");
        TestApi auditor = companion.granted("auditor", Role.AUDITOR, null);
        email("auditor");

        JsonNode seen = auditor.get("/api/v1/users/all_users").json();

        assertThat(seen.findValuesAsText("username")).contains("private", "auditor");
        assertThat(seen.findValuesAsText("email")).containsOnly("", "auditor@example.org");
        assertThat(seen.findValues("active")).isEmpty();
    }

    @Test
    void showEverythingToThoseWhoManageThem() {
        companion.as("visible", "users:read-self");
        email("visible");

        JsonNode seen = companion.admin().get("/api/v1/users/all_user").json();

        JsonNode visible = StreamSupport.stream(seen.spliterator(), false)
                .filter(user -> user.path("username").asText().equals("visible"))
                .findFirst()
                .orElseThrow();
        assertThat(visible.path("email").asText()).isEqualTo("visible@example.org");
        assertThat(visible.path("active").asBoolean()).isTrue();
        assertThat(visible.path("kind").asText()).isEqualTo("service");
    }

    @Test
    void showTheCallerItsOwnEmail() {
        TestApi self = companion.as("self", "users:read-self");
        email("self");

        assertThat(self.get("/api/v1/users/").json().path("email").asText()).isEqualTo("self@example.org");
    }

    @Test
    void areNotListedForTheAnonymousNorForThoseWithoutTheScope() {
        assertThat(companion.anonymous().get("/api/v1/users/all_users").status())
                .isEqualTo(401);
        assertThat(companion
                        .as("curious", "users:read-self")
                        .get("/api/v1/users/all_users")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void areRefusedAtOnceWhenBannedAndLetInAgainWithWhatTheyWereGranted() {
        TestApi mallory = companion.granted("mallory", Role.READER, null);
        assertThat(mallory.get("/api/v1/builds/").status()).isEqualTo(200);

        TestResponse banned = setActive(id("mallory"), false);

        assertThat(banned.json().path("active").asBoolean()).isFalse();
        TestResponse refused = mallory.get("/api/v1/builds/");
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.problem()).isEqualTo("invalid-token");

        setActive(id("mallory"), true);
        assertThat(mallory.get("/api/v1/builds/").status()).isEqualTo(200);
    }

    @Test
    void showTheBannedToThoseWhoManageUsersOnly() {
        TestApi auditor = companion.granted("second-auditor", Role.AUDITOR, null);
        companion.as("outcast", "users:read-self");
        setActive(id("outcast"), false);

        assertThat(auditor.get("/api/v1/users/all_users").text()).doesNotContain("outcast");
        assertThat(companion.admin().get("/api/v1/users/all_users").text()).contains("outcast");
    }

    @Test
    void areFoundByTheirName() {
        companion.as("sought", "users:read-self");
        companion.as("sought-too", "users:read-self");

        assertThat(companion
                        .admin()
                        .get("/api/v1/users/all_users?name=sought")
                        .json()
                        .findValuesAsText("username"))
                .containsExactly("sought");
        assertThat(companion
                        .admin()
                        .get("/api/v1/users/all_user?page_number=1&name=sought")
                        .json()
                        .path("total_users")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void showOneAccountAsTheListShowsIt() {
        companion.as("single", "users:read-self");
        email("single");
        TestApi auditor = companion.granted("third-auditor", Role.AUDITOR, null);
        long id = id("single");

        assertThat(companion
                        .admin()
                        .get("/api/v1/users/" + id)
                        .json()
                        .path("email")
                        .asText())
                .isEqualTo("single@example.org");
        assertThat(auditor.get("/api/v1/users/" + id).json().path("email").asText())
                .isEmpty();
        setActive(id, false);
        assertThat(auditor.get("/api/v1/users/" + id).status()).isEqualTo(404);
        assertThat(companion.admin().get("/api/v1/users/999999").status()).isEqualTo(404);
    }

    @Test
    void doNotBanThemselves() {
        assertThat(setActive(id("admin"), false).status()).isEqualTo(409);
    }

    @Test
    void doNotBanTheLastAdministrator() {
        TestApi manager = companion.as("manager", "users:manage");

        TestResponse answer = manager.patch("/api/v1/users/" + id("admin"), "{\"active\": false}");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.text()).contains("nobody would be left with the role admin");
        assertThat(companion.admin().get("/api/v1/users/").status()).isEqualTo(200);
    }

    @Test
    void areBannedByThoseWhoManageUsersAlone() {
        companion.as("victim", "users:read-self");
        TestApi releaser = companion.granted("releaser", Role.RELEASER, null);

        assertThat(releaser.patch("/api/v1/users/" + id("victim"), "{\"active\": false}")
                        .status())
                .isEqualTo(403);
        assertThat(companion.value("select active from app_user where username = 'victim'"))
                .isEqualTo("t");
    }

    @Test
    void saySoWhenThereIsNoSuchUserOrNoSense() {
        assertThat(setActive(999_999, false).status()).isEqualTo(404);
        assertThat(companion.admin().patch("/api/v1/users/1", "{}").status()).isEqualTo(400);
        assertThat(companion
                        .admin()
                        .patch("/api/v1/users/1", "{\"active\": \"no\"}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void writeAnAuditRowForEachBan() {
        companion.as("logged", "users:read-self");
        setActive(id("logged"), false);
        setActive(id("logged"), false);
        setActive(id("logged"), true);

        assertThat(companion.value("select string_agg(action, ', ' order by id) from audit_event"
                        + " where object_kind = 'user' and object_id = '" + id("logged") + "'"))
                .isEqualTo("ban, unban");
    }

    @Test
    void keepARoleThatWasGivenWhileTheyWereBanned() {
        TestApi sleeper = companion.granted("sleeper", null, null);
        setActive(id("sleeper"), false);
        companion.admin().post("/api/v1/grants/", new GrantRequest("reader", "sleeper", null, null));
        assertThat(sleeper.get("/api/v1/builds/").status()).isEqualTo(401);

        setActive(id("sleeper"), true);

        assertThat(sleeper.get("/api/v1/builds/").status()).isEqualTo(200);
    }
}
