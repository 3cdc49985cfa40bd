package dev.slipway.server.teams;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.api.identity.Grant;
import dev.slipway.api.identity.GrantRequest;
import dev.slipway.api.identity.Role;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.TestApi;
import dev.slipway.server.testing.TestResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class GrantsTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    @BeforeAll
    static void makeADistribution() {
        companion.value("insert into distribution (name, data, created_at) values ('demo', '{}', now()) returning id");
    }

    private static Grant grant(String role, String user, @Nullable String distribution) {
        TestResponse made = companion.admin().post("/api/v1/grants/", new GrantRequest(role, user, null, distribution));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return made.as(Grant.class);
    }

    @Test
    void giveARoleAtOnceAndTakeItAtOnce() {
        TestApi ada = companion.granted("ada", null, null);
        assertThat(ada.get("/api/v1/builds/").status()).isEqualTo(403);

        Grant made = grant("reader", "ada", null);
        assertThat(ada.get("/api/v1/builds/").status()).isEqualTo(200);

        assertThat(companion.admin().delete("/api/v1/grants/" + made.id()).status())
                .isEqualTo(204);
        assertThat(ada.get("/api/v1/builds/").status()).isEqualTo(403);
    }

    @Test
    void openNoMoreThanTheTokenDoes() {
        TestApi grace = companion.as("grace", "builds:read");
        grant("admin", "grace", null);

        assertThat(grace.get("/api/v1/builds/").status()).isEqualTo(200);
        assertThat(grace.get("/api/v1/audit/").status()).isEqualTo(403);
    }

    @Test
    void boundAServiceFromTheFirstOneOnAndAfterTheLastWasTaken() {
        TestApi robot = companion.as("robot", "builds:read", "audit:read");
        assertThat(robot.get("/api/v1/audit/").status()).isEqualTo(200);

        Grant made = grant("reader", "robot", null);
        assertThat(robot.get("/api/v1/audit/").status()).isEqualTo(403);
        assertThat(robot.get("/api/v1/builds/").status()).isEqualTo(200);

        companion.admin().delete("/api/v1/grants/" + made.id());
        assertThat(robot.get("/api/v1/builds/").status()).isEqualTo(403);
    }

    @Test
    void areNotHandedOutByThoseWhoLackThem() {
        TestApi climber = companion.as("climber", "grants:manage", "builds:read");

        TestResponse answer = climber.post("/api/v1/grants/", new GrantRequest("admin", "climber", null, null));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text()).contains("you cannot give what you lack").contains("users:manage");
        assertThat(companion.value("select count(*) from role_grant g join app_user u on u.id = g.user_id"
                        + " where u.username = 'climber'"))
                .isEqualTo("0");
    }

    @Test
    void makeATokenNoWiderThanWhatItsMakerHolds() {
        TestApi builder = companion.granted("maker", Role.BUILDER, null);

        TestResponse answer = builder.post("/api/v1/tokens/", "{\"name\": \"x\", \"role\": \"admin\"}");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text()).contains("users:manage");
    }

    @Test
    void keepATokenThatWasMadeUnderARoleFromOutlivingIt() {
        TestApi maker = companion.granted("former", Role.BUILDER, null);
        String text = maker.post("/api/v1/tokens/", "{\"name\": \"x\", \"scopes\": [\"builds:create\"]}")
                .json()
                .path("token")
                .asText();
        JsonNode grants = companion.admin().get("/api/v1/grants?user=former").json();
        companion.admin().delete("/api/v1/grants/" + grants.get(0).path("id").asLong());

        assertThat(companion.as(text).post("/api/v1/builds/", "{}").status()).isEqualTo(403);
    }

    @Test
    void leaveSomebodyWhoCanGiveThem() {
        JsonNode grants =
                companion.admin().get("/api/v1/grants?user=admin&role=admin").json();
        long only = grants.get(0).path("id").asLong();
        companion.value("delete from role_grant where role = 'admin' and id <> " + only + " returning id");

        TestResponse answer = companion.admin().delete("/api/v1/grants/" + only);

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.text()).contains("nobody would be left with the role admin");
        assertThat(companion.admin().get("/api/v1/grants/" + only).status()).isEqualTo(200);
    }

    @Test
    void areGivenOnce() {
        companion.token("twice", List.of("users:read-self"));
        grant("reader", "twice", null);

        TestResponse again = companion.admin().post("/api/v1/grants/", new GrantRequest("reader", "twice", null, null));

        assertThat(again.status()).isEqualTo(409);
    }

    @Test
    void holdOnADistribution() {
        companion.token("local", List.of("users:read-self"));

        Grant made = grant("releaser", "local", "demo");

        assertThat(made.distribution()).isEqualTo("demo");
        assertThat(made.grantedBy()).isEqualTo("admin");
    }

    @Test
    void doNotHoldOnADistributionWhenTheyWouldDoNothingThere() {
        companion.token("idle", List.of("users:read-self"));

        TestResponse answer =
                companion.admin().post("/api/v1/grants/", new GrantRequest("worker", "idle", null, "demo"));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text()).contains("grant it everywhere");
    }

    @Test
    void sayEverythingThatIsWrongWithARequest() {
        TestResponse answer =
                companion.admin().post("/api/v1/grants/", new GrantRequest("king", "nobody", "noteam", "nowhere"));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().findValuesAsText("pointer"))
                .containsExactly("/role", "/user", "/user", "/team", "/distribution");
    }

    @Test
    void areFoundByWhoHasWhatWhere() {
        companion.token("found", List.of("users:read-self"));
        grant("signer", "found", "demo");
        grant("reader", "found", null);

        assertThat(companion
                        .admin()
                        .get("/api/v1/grants?user=found&distribution=demo")
                        .json())
                .hasSize(1);
        assertThat(companion
                        .admin()
                        .get("/api/v1/grants?user=found&page_number=1&per_page=1")
                        .json()
                        .path("total_grants")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void saySoWhenThereIsNoSuchGrant() {
        assertThat(companion.admin().get("/api/v1/grants/999999").status()).isEqualTo(404);
        assertThat(companion.admin().delete("/api/v1/grants/999999").status()).isEqualTo(404);
    }

    @Test
    void writeAnAuditRowEach() {
        companion.token("watched", List.of("users:read-self"));
        Grant made = grant("reader", "watched", null);
        companion.admin().delete("/api/v1/grants/" + made.id());

        assertThat(companion.value("select string_agg(action, ', ' order by id) from audit_event"
                        + " where object_kind = 'grant' and object_id = '" + made.id() + "'"))
                .isEqualTo("create, delete");
    }
}
