package dev.slipway.server.builds;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.api.builds.Build;
import dev.slipway.api.identity.Role;
import dev.slipway.api.identity.TeamRequest;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.Farm;
import dev.slipway.server.testing.TestApi;
import dev.slipway.server.testing.TestResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may cancel, restart and remove a build that somebody else made. */
final class BuildOwnersTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    private static final String[] SCOPES = {
        "builds:create", "builds:read", "builds:cancel", "builds:restart", "builds:delete", "tests:restart"
    };

    private static Farm farm;
    private static String platform;
    private static TestApi owner;
    private static TestApi colleague;
    private static TestApi stranger;

    @BeforeAll
    static void prepare() {
        farm = new Farm(companion);
        platform = farm.platform("rpm", "x86_64");
        owner = companion.as("owner", SCOPES);
        colleague = companion.as("colleague", SCOPES);
        stranger = companion.as("stranger", SCOPES);
        companion.admin().post("/api/v1/teams/", new TeamRequest("ours", null, List.of("owner", "colleague")));
        companion.admin().post("/api/v1/teams/", new TeamRequest("theirs", null, List.of("stranger")));
    }

    private static Build build() {
        return farm.build(owner, Farm.request(platform, Farm.unique("sounding")));
    }

    private static String states(Build build) {
        return companion.value(
                "select string_agg(id || state, ',' order by id) from task where build_id = " + build.id());
    }

    // acceptance case 14
    @ParameterizedTest
    @CsvSource({
        "PATCH, builds/BUILD/cancel",
        "PATCH, builds/BUILD/restart-failed",
        "DELETE, builds/BUILD/remove",
        "PUT, tests/build/BUILD/restart",
        "PUT, tests/build_task/TASK/restart"
    })
    void isRefusedToAnotherTeamAndNothingChanges(String method, String what) {
        Build build = build();
        String before = states(build);

        TestResponse answer = stranger.send(method, path(what, build), null);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(403);
        assertThat(answer.problem()).isEqualTo("forbidden");
        assertThat(answer.header("WWW-Authenticate")).contains("error=\"insufficient_scope\"");
        assertThat(answer.text()).contains("build " + build.id() + " belongs to owner");
        assertThat(states(build)).isEqualTo(before);
        assertThat(companion.value("select count(*) from audit_event where object_kind = 'build' and object_id = '"
                        + build.id() + "' and action <> 'create'"))
                .isEqualTo("0");
    }

    @Test
    void showsTheOwnersAddressToTheOwnerAndThoseWhoManageUsersAlone() {
        companion.value("update app_user set email = 'owner@example.org' where username = 'owner' returning id");
        String path = "/api/v1/builds/" + build().id();

        assertThat(owner.get(path).json().at("/user/email").asText()).isEqualTo("owner@example.org");
        assertThat(companion.admin().get(path).json().at("/user/email").asText())
                .isEqualTo("owner@example.org");
        assertThat(colleague.get(path).json().at("/user/email").asText()).isEmpty();
        assertThat(colleague.get(path).json().at("/user/username").asText()).isEqualTo("owner");
        assertThat(stranger.get("/api/v1/builds/").text()).doesNotContain("owner@example.org");
        assertThat(stranger.get("/api/v1/builds/?page_number=1").text()).doesNotContain("owner@example.org");
    }

    @Test
    void takesTheTagOfWhatTheCallerWasShown() {
        companion.value("update app_user set email = 'owner@example.org' where username = 'owner' returning id");
        String path = "/api/v1/builds/" + build().id();
        String tag = colleague.get(path).header("ETag");

        assertThat(colleague
                        .with("If-Match", tag)
                        .send("PATCH", path + "/cancel", null)
                        .status())
                .isEqualTo(200);
    }

    private static String path(String what, Build build) {
        return "/api/v1/"
                + what.replace("BUILD", String.valueOf(build.id()))
                        .replace(
                                "TASK",
                                String.valueOf(build.tasks()
                                        .get(build.tasks().size() - 1)
                                        .id()));
    }

    /** As the state of the build tells them: it is not finished. */
    @ParameterizedTest
    @ValueSource(strings = {"tests/build/BUILD/restart", "tests/build_task/TASK/restart"})
    void letsTheOwnersTeamTestersAndAdministratorsRestartTests(String what) {
        Build build = build();
        TestApi tester = companion.granted(Farm.unique("tester"), Role.TESTER, null);

        for (TestApi each : List.of(owner, colleague, tester, companion.admin())) {
            assertThat(each.send("PUT", path(what, build), null).status()).isEqualTo(409);
        }
    }

    @Test
    void isAllowedToTheOwner() {
        assertThat(owner.send("PATCH", "/api/v1/builds/" + build().id() + "/cancel", null)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void isAllowedToTheOwnersTeam() {
        assertThat(colleague
                        .send("PATCH", "/api/v1/builds/" + build().id() + "/cancel", null)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void isAllowedToAdministrators() {
        TestApi administrator = companion.granted("administrator", Role.ADMIN, null);

        assertThat(administrator
                        .send("PATCH", "/api/v1/builds/" + build().id() + "/cancel", null)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void isRefusedToAnOwnerWhoseRoleWasTakenAway() {
        TestApi former = companion.granted("former", Role.BUILDER, null);
        Build build = farm.build(former, Farm.request(platform, Farm.unique("sounding")));
        JsonNode grant =
                companion.admin().get("/api/v1/grants?user=former").json().get(0);
        companion.admin().delete("/api/v1/grants/" + grant.path("id").asLong());

        TestResponse answer = former.send("PATCH", "/api/v1/builds/" + build.id() + "/cancel", null);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.problem()).isEqualTo("insufficient-scope");
    }

    @Test
    void isNotFoundWhenThereIsNoSuchBuild() {
        assertThat(stranger.send("PATCH", "/api/v1/builds/4711/cancel", null).status())
                .isEqualTo(404);
    }

    @Test
    void isAuditedWithTheStatesOfTasksBeforeAndAfter() {
        Build build = build();
        owner.send("PATCH", "/api/v1/builds/" + build.id() + "/cancel", null);

        JsonNode event = companion
                .admin()
                .get("/api/v1/audit?object_kind=build&action=cancel&object_id=" + build.id())
                .json()
                .get(0);

        assertThat(event.path("actor").asText()).isEqualTo("owner");
        assertThat(event.at("/before/tasks/ready").asInt()).isEqualTo(1);
        assertThat(event.at("/after/tasks/cancelled").asInt())
                .isEqualTo(build.tasks().size());
    }
}
