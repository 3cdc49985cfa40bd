package dev.slipway.server.teams;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.api.identity.GrantRequest;
import dev.slipway.api.identity.Role;
import dev.slipway.api.identity.Team;
import dev.slipway.api.identity.TeamRequest;
import dev.slipway.api.identity.TeamUpdate;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.Farm;
import dev.slipway.server.testing.TestApi;
import dev.slipway.server.testing.TestResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TeamsTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    private static Team team(String name, String... members) {
        for (String member : members) {
            companion.token(member, List.of("users:read-self"));
        }
        TestResponse made = companion.admin().post("/api/v1/teams/", new TeamRequest(name, "", List.of(members)));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return made.as(Team.class);
    }

    private static String path(Team team) {
        return "/api/v1/teams/" + team.id();
    }

    @Test
    void areFoundByTheirName() {
        String name = Farm.unique("found");
        companion.admin().post("/api/v1/teams/", Map.of("name", name));
        companion.admin().post("/api/v1/teams/", Map.of("name", name + "-too"));

        assertThat(companion.admin().get("/api/v1/teams/?name=" + name).json()).hasSize(1);
        assertThat(companion
                        .admin()
                        .get("/api/v1/teams/?page_number=1&name=" + name)
                        .json()
                        .path("total_teams")
                        .asInt())
                .isEqualTo(1);
        assertThat(companion.admin().get("/api/v1/teams/?name=none").json()).isEmpty();
    }

    @Test
    void areMadeWithTheirMembers() {
        Team made = team("kernel", "linus", "alan");

        assertThat(companion.admin().get(path(made)).as(Team.class).members()).containsExactly("alan", "linus");
    }

    @Test
    void haveNamesOfTheirOwn() {
        team("once");

        TestResponse again = companion.admin().post("/api/v1/teams/", new TeamRequest("once", null, null));

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.problem()).isEqualTo("already-exists");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Upper", "a/b", "-x", "naïve", "two words", "<b>"})
    void refuseANameThatIsNone(String name) {
        TestResponse answer = companion.admin().post("/api/v1/teams/", new TeamRequest(name, null, null));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(422);
        assertThat(answer.json().findValuesAsText("pointer")).containsExactly("/name");
    }

    @Test
    void refuseMembersThatNobodyKnows() {
        TestResponse answer =
                companion.admin().post("/api/v1/teams/", new TeamRequest("ghosts", null, List.of("casper")));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text()).contains("there is no user casper");
        assertThat(companion.value("select count(*) from team where name = 'ghosts'"))
                .isEqualTo("0");
    }

    @Test
    void refuseABodyThatIsNone() {
        assertThat(companion.admin().post("/api/v1/teams/", "[]").status()).isEqualTo(400);
    }

    @Test
    void getTheFirstAnswerAgainUnderTheSameIdempotencyKey() {
        TestApi admin = companion.admin().with("Idempotency-Key", "team-once");

        JsonNode first = admin.post("/api/v1/teams/", new TeamRequest("repeated", null, null))
                .json();
        JsonNode second = admin.post("/api/v1/teams/", new TeamRequest("repeated", null, null))
                .json();

        assertThat(second).isEqualTo(first);
    }

    @Test
    void changeTheirNameUnderTheRevisionThatTheCallerSaw() {
        Team made = team("old-name");

        TestResponse changed =
                companion.admin().with("If-Match", "\"0\"").patch(path(made), new TeamUpdate("new-name", null, null));
        TestResponse stale =
                companion.admin().with("If-Match", "\"0\"").patch(path(made), new TeamUpdate("newer-name", null, null));
        TestResponse staleBody = companion.admin().patch(path(made), new TeamUpdate("newer-name", null, 0));

        assertThat(changed.as(Team.class).name()).isEqualTo("new-name");
        assertThat(stale.status()).isEqualTo(412);
        assertThat(staleBody.status()).isEqualTo(409);
        assertThat(staleBody.json().path("revision").asInt()).isEqualTo(1);
    }

    @Test
    void takeMembersInAndLetThemGo() {
        Team made = team("open");
        companion.token("barbara", List.of("users:read-self"));

        TestResponse in = companion.admin().send("PUT", path(made) + "/members/barbara", null);
        TestResponse out = companion.admin().delete(path(made) + "/members/barbara");

        assertThat(in.as(Team.class).members()).containsExactly("barbara");
        assertThat(out.as(Team.class).members()).isEmpty();
    }

    @Test
    void saySoWhenThereIsNoSuchUserMemberOrTeam() {
        Team made = team("strict");

        assertThat(companion
                        .admin()
                        .send("PUT", path(made) + "/members/nobody", null)
                        .status())
                .isEqualTo(404);
        assertThat(companion.admin().delete(path(made) + "/members/admin").status())
                .isEqualTo(404);
        assertThat(companion.admin().get("/api/v1/teams/999999").status()).isEqualTo(404);
        assertThat(companion.admin().delete("/api/v1/teams/999999").status()).isEqualTo(404);
        assertThat(companion
                        .admin()
                        .patch("/api/v1/teams/999999", new TeamUpdate("x", null, null))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void giveWhatTheyWereGrantedToANewMemberAtOnceAndTakeItFromAFormerOneAtOnce() {
        Team made = team("readers");
        TestApi jean = companion.granted("jean", null, null);
        companion.admin().post("/api/v1/grants/", new GrantRequest("reader", null, "readers", null));
        assertThat(jean.get("/api/v1/builds/").status()).isEqualTo(403);

        companion.admin().send("PUT", path(made) + "/members/jean", null);
        assertThat(jean.get("/api/v1/builds/").status()).isEqualTo(200);

        companion.admin().delete(path(made) + "/members/jean");
        assertThat(jean.get("/api/v1/builds/").status()).isEqualTo(403);
    }

    @Test
    void takeWhatTheyWereGrantedWithThemWhenTheyAreForgotten() {
        Team made = team("doomed");
        TestApi kay = companion.granted("kay", null, null);
        companion.admin().send("PUT", path(made) + "/members/kay", null);
        companion.admin().post("/api/v1/grants/", new GrantRequest("reader", null, "doomed", null));
        assertThat(kay.get("/api/v1/builds/").status()).isEqualTo(200);

        assertThat(companion.admin().delete(path(made)).status()).isEqualTo(204);

        assertThat(kay.get("/api/v1/builds/").status()).isEqualTo(403);
    }

    @Test
    void takeInNobodyThroughOneWhoLacksWhatTheTeamWasGranted() {
        Team made = team("powerful");
        companion.admin().post("/api/v1/grants/", new GrantRequest("admin", null, "powerful", null));
        TestApi manager = companion.as("climber", "teams:manage");

        TestResponse answer = manager.send("PUT", path(made) + "/members/climber", null);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text()).contains("you cannot give what you lack");
        assertThat(answer.header("WWW-Authenticate")).contains("error=\"insufficient_scope\"");
        assertThat(companion.admin().get(path(made)).as(Team.class).members()).isEmpty();
    }

    @Test
    void areListedByNameInPagesAndBare() {
        team("aa");
        team("ab");

        JsonNode page =
                companion.admin().get("/api/v1/teams/?page_number=1&per_page=2").json();
        JsonNode bare = companion.admin().get("/api/v1/teams").json();

        assertThat(page.path("teams").findValuesAsText("name")).containsExactly("aa", "ab");
        assertThat(page.path("total_teams").asInt()).isEqualTo(bare.size());
    }

    @Test
    void areSeenByReadersButChangedByAdministratorsAlone() {
        TestApi reader = companion.granted("onlooker", Role.READER, null);

        assertThat(reader.get("/api/v1/teams").status()).isEqualTo(200);
        assertThat(reader.post("/api/v1/teams/", new TeamRequest("mine", null, null))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void writeAnAuditRowWithBeforeAndAfter() {
        Team made = team("audited");
        companion.token("rear", List.of("users:read-self"));
        companion.admin().send("PUT", path(made) + "/members/rear", null);

        JsonNode event = companion
                .admin()
                .get("/api/v1/audit?object_kind=team&object_id=" + made.id() + "&action=add-member")
                .json()
                .get(0);

        assertThat(event.at("/before/members")).isEmpty();
        assertThat(event.at("/after/members").get(0).asText()).isEqualTo("rear");
    }
}
