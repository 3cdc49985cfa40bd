package dev.slipway.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.identity.Role;
import dev.slipway.api.identity.Token;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.TestApi;
import dev.slipway.server.testing.TestResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class TokensTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    @Test
    void makesATokenThatWorksAtOnce() {
        Token token = companion.token("ci", List.of("users:read-self"));

        assertThat(companion
                        .as(token.token())
                        .get("/api/v1/users/")
                        .json()
                        .path("username")
                        .asText())
                .isEqualTo("ci");
    }

    // RFC 9110, section 11.1
    @Test
    void knowsTheSchemeInAnyCase() {
        Token token = companion.token("ci", List.of("users:read-self"));

        assertThat(companion
                        .anonymous()
                        .with("Authorization", "BEARER " + token.token())
                        .get("/api/v1/users/")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void showsATokensTextOnlyOnce() {
        companion.token("ci", List.of("users:read-self"));

        assertThat(companion.admin().get("/api/v1/tokens?all=true").text()).doesNotContain("slp_");
    }

    @Test
    void answersARepeatWithTheSameTokenWithoutItsText() {
        TestApi maker = companion.admin().with("Idempotency-Key", "token-of-a-pipeline");
        String request = "{\"name\": \"repeated\", \"scopes\": [\"builds:read\"]}";

        TestResponse first = maker.post("/api/v1/tokens/", request);
        TestResponse again = maker.post("/api/v1/tokens/", request);

        assertThat(first.json().path("token").asText()).startsWith("slp_");
        assertThat(first.header("Cache-Control")).isEqualTo("no-store");
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(again.json().path("id")).isEqualTo(first.json().path("id"));
        assertThat(again.json().has("token")).isFalse();
        assertThat(companion.value("select count(*) from api_token where name = 'repeated'"))
                .isEqualTo("1");
        assertThat(companion.value("select convert_from(body, 'UTF8') from idempotency_key"
                        + " where key = 'token-of-a-pipeline'"))
                .doesNotContain("slp_");
    }

    @Test
    void refusesAKeyThatCameWithAnotherToken() {
        TestApi maker = companion.admin().with("Idempotency-Key", "token-of-two");
        maker.post("/api/v1/tokens/", "{\"name\": \"one\", \"scopes\": [\"builds:read\"]}");

        TestResponse other = maker.post("/api/v1/tokens/", "{\"name\": \"two\", \"scopes\": [\"builds:read\"]}");

        assertThat(other.status()).isEqualTo(422);
        assertThat(other.problem()).isEqualTo("idempotency-key-reused");
        assertThat(companion.value("select count(*) from api_token where name = 'two'"))
                .isEqualTo("0");
    }

    @Test
    void keepsNoTokensTextInTheDatabase() {
        Token token = companion.token("ci", List.of("users:read-self"));

        assertThat(companion.value("select encode(token_sha256, 'escape') from api_token where id = " + token.id()))
                .doesNotContain(token.token());
    }

    @Test
    void refusesACallWithoutAToken() {
        TestResponse answer = companion.anonymous().get("/api/v1/users/");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.problem()).isEqualTo("invalid-token");
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"slipway\", error=\"invalid_token\"");
    }

    @Test
    void refusesGarbageAsAToken() {
        assertThat(companion.as("slp_garbage").get("/api/v1/users/").status()).isEqualTo(401);
    }

    @Test
    void refusesATokenThatLacksTheScopeAndNamesIt() {
        TestResponse answer = companion.as("ci", "users:read-self").get("/api/v1/tokens/");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.problem()).isEqualTo("insufficient-scope");
        assertThat(answer.header("WWW-Authenticate")).contains("error=\"insufficient_scope\"", "scope=\"tokens:read\"");
    }

    @Test
    void refusesARevokedTokenAtOnce() {
        Token token = companion.token("ci", List.of("users:read-self"));
        TestApi ci = companion.as(token.token());
        assertThat(ci.get("/api/v1/users/").status()).isEqualTo(200);

        assertThat(companion.admin().delete("/api/v1/tokens/" + token.id()).status())
                .isEqualTo(204);

        assertThat(ci.get("/api/v1/users/").status()).isEqualTo(401);
    }

    @Test
    void refusesAnExpiredToken() {
        Token token = companion
                .admin()
                .post("/api/v1/tokens/", "{\"name\": \"short\", \"role\": \"reader\", \"expires_in_seconds\": 60}")
                .as(Token.class);
        companion.clock().advance(Duration.ofSeconds(61));

        assertThat(companion.as(token.token()).get("/api/v1/users/").status()).isEqualTo(401);
    }

    @Test
    void givesNobodyMoreThanTheyHave() {
        TestApi maker = companion.as("maker", "tokens:create", "builds:read");

        TestResponse answer = maker.post("/api/v1/tokens/", "{\"name\": \"x\", \"scopes\": [\"builds:create\"]}");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text()).contains("builds:create");
    }

    @Test
    void makesNoTokenForAnotherUserWithoutTheRightToManageUsers() {
        TestApi maker = companion.as("maker", "tokens:create");

        TestResponse answer = maker.post(
                "/api/v1/tokens/", "{\"name\": \"x\", \"scopes\": [\"tokens:create\"], \"owner\": \"admin\"}");

        assertThat(answer.status()).isEqualTo(403);
    }

    @Test
    void listsEverythingThatIsWrongWithARequest() {
        TestResponse answer = companion
                .admin()
                .post("/api/v1/tokens/", "{\"name\": \" \", \"scopes\": [\"no:such\"], \"expires_in_seconds\": -1}");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().findValuesAsText("pointer"))
                .containsExactly("/name", "/expires_in_seconds", "/scopes");
    }

    @Test
    void hidesOtherUsersTokens() {
        Token token = companion.token("other", List.of("users:read-self"));

        TestResponse answer = companion.as("ci", "tokens:delete").delete("/api/v1/tokens/" + token.id());

        assertThat(answer.status()).isEqualTo(404);
    }

    @Test
    void writesAnAuditRowForEveryChange() {
        Token token = companion.token("audited", List.of("users:read-self"));
        companion.admin().delete("/api/v1/tokens/" + token.id());

        assertThat(companion.value("select string_agg(actor || ' ' || action, ', ' order by id) from audit_event"
                        + " where object_kind = 'token' and object_id = '" + token.id() + "'"))
                .isEqualTo("admin create, admin revoke");
    }

    @Test
    void tellsACallerWhatItsTokenIs() {
        TestResponse answer = companion.as("ci", Role.WORKER).get("/api/v1/token/status/");

        assertThat(answer.json().path("username").asText()).isEqualTo("ci");
        assertThat(answer.json().path("scopes").toString())
                .contains("tasks:claim")
                .doesNotContain("builds:create");
    }

    @Test
    void notesTheLastUseOfAToken() throws Exception {
        Token token = companion.token("used", List.of("users:read-self"));
        companion.as(token.token()).get("/api/v1/users/");

        companion.companion().background().runNow("tokens.last-use");

        assertThat(companion.value("select last_used_at is not null from api_token where id = " + token.id()))
                .isEqualTo("t");
    }

    @Test
    void listsUsersByNameInPagesAndBare() {
        companion.token("user-a", List.of("users:read-self"));
        companion.token("user-b", List.of("users:read-self"));

        TestResponse page = companion.admin().get("/api/v1/users/all_users/?pageNumber=1&per_page=1");
        TestResponse bare = companion.admin().get("/api/v1/users/all_user");

        assertThat(page.json().path("users")).hasSize(1);
        assertThat(page.json().path("current_page").asInt()).isEqualTo(1);
        assertThat(page.json().path("total_users").asInt())
                .isEqualTo(bare.json().size());
    }

    @Test
    void answersAPagePastTheEndWithAnEmptyOne() {
        TestResponse page = companion.admin().get("/api/v1/users/all_users?page_number=1000");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.json().path("users")).isEmpty();
    }
}
