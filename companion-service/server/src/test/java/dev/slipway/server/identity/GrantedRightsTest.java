package dev.slipway.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.api.identity.Role;
import dev.slipway.api.identity.Token;
import dev.slipway.server.Companion;
import dev.slipway.server.CompanionConfig;
import dev.slipway.server.http.HttpAddress;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.Inside;
import dev.slipway.server.testing.TestApi;
import dev.slipway.server.testing.TestResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

final class GrantedRightsTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    private static Inside inside;

    @BeforeAll
    static void open() {
        inside = Inside.of(companion);
    }

    @AfterAll
    static void close() {
        inside.close();
    }

    @Test
    void leaveAServiceThatWasNeverGrantedAnythingToItsToken() {
        assertThat(companion.as("free", "builds:read").get("/api/v1/builds/").status())
                .isEqualTo(200);
    }

    @Test
    void keepAPersonsTokenToWhatThePersonWasGranted() {
        Token token = companion.token("grace", List.copyOf(Role.ADMIN.scopes()));
        inside.execute("update app_user set kind = 'person' where username = 'grace'");
        inside.execute("insert into role_grant (role, user_id, granted_at)"
                + " select 'reader', id, now() from app_user where username = 'grace'");
        TestApi grace = companion.as(token.token());

        assertThat(grace.get("/api/v1/builds/").status()).isEqualTo(200);
        TestResponse refused = grace.get("/api/v1/audit/");

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.problem()).isEqualTo("insufficient-scope");
        assertThat(refused.text()).contains("the scope audit:read is in no role that grace was granted");
    }

    @Test
    void letAPersonWithoutRolesAskWhoTheyAreAndNoMore() {
        Token token = companion.token("newcomer", List.copyOf(Role.ADMIN.scopes()));
        inside.execute("update app_user set kind = 'person' where username = 'newcomer'");
        TestApi newcomer = companion.as(token.token());

        assertThat(newcomer.get("/api/v1/users/").status()).isEqualTo(200);
        assertThat(newcomer.get("/api/v1/builds/").status()).isEqualTo(403);
    }

    @Test
    void showInATokensStatusWhatIsLeftOfItsScopes() {
        Token token = companion.token("katherine", List.of("builds:read", "audit:read"));
        inside.execute("update app_user set governed = true where username = 'katherine'");
        inside.execute("insert into role_grant (role, user_id, granted_at)"
                + " select 'reader', id, now() from app_user where username = 'katherine'");

        assertThat(companion
                        .as(token.token())
                        .get("/api/v1/token/status/")
                        .json()
                        .path("scopes")
                        .toString())
                .isEqualTo("[\"builds:read\",\"tokens:status\"]");
    }

    @Test
    void refuseTheTokensOfABannedAccount() {
        Token token = companion.token("banned", List.of("builds:read"));
        inside.execute("update app_user set active = false where username = 'banned'");

        TestResponse answer = companion.as(token.token()).get("/api/v1/builds/");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.problem()).isEqualTo("invalid-token");
    }

    /** Companions share a database and tell each other what changes. */
    @Test
    void areThoseOfThisMomentAtEveryCompanion(@TempDir Path var) throws IOException {
        TestApi here = companion.granted("everywhere", Role.READER, null);
        CompanionConfig config = CompanionConfig.defaults(var)
                .withListen(new HttpAddress("127.0.0.1", 0))
                .withDatabaseUrl(companion.databaseUrl());
        try (Companion other = Companion.start(config, companion.clock())) {
            TestApi there = here.at(other.url());
            assertThat(there.get("/api/v1/builds/").status()).isEqualTo(200); // and remembers it
            long grant = companion
                    .admin()
                    .get("/api/v1/grants?user=everywhere")
                    .json()
                    .get(0)
                    .path("id")
                    .asLong();

            assertThat(companion.admin().delete("/api/v1/grants/" + grant).status())
                    .isEqualTo(204);

            assertThat(here.get("/api/v1/builds/").status()).isEqualTo(403);
            await().atMost(Duration.ofSeconds(4)) // less than a companion remembers for
                    .pollInterval(Duration.ofMillis(10))
                    .untilAsserted(() ->
                            assertThat(there.get("/api/v1/builds/").status()).isEqualTo(403));
        }
    }

    @Test
    void letTheAccountOfTheFirstStartDoEverything() {
        assertThat(companion.admin().get("/api/v1/audit/").status()).isEqualTo(200);
    }
}
