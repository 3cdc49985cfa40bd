package dev.slipway.server.platforms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.identity.Role;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.TestApi;
import dev.slipway.server.testing.TestResponse;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

// acceptance cases 1 to 4
class PlatformsTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    private final String name = "p" + UUID.randomUUID();

    @Test
    void createsAndShowsWhatWasStored() {
        TestResponse created = companion.admin().post("/api/v1/platforms/", platform(name, "\"x86_64\", \"i686\""));

        assertThat(created.status()).isEqualTo(201);
        TestResponse shown = companion.admin().get(created.header("Location"));
        assertThat(shown.json()).isEqualTo(created.json());
        assertThat(shown.json().path("arch_list").toString()).isEqualTo("[\"x86_64\",\"i686\"]");
        assertThat(shown.json().at("/repos/0/url").asText()).isEqualTo("http://127.0.0.1:1/base/");
        assertThat(shown.json().at("/data/timeout").asInt()).isEqualTo(60);
    }

    @Test
    void refusesTheSameNameAgain() {
        companion.admin().post("/api/v1/platforms/", platform(name, "\"x86_64\""));

        TestResponse again = companion.admin().post("/api/v1/platforms/", platform(name, "\"x86_64\""));

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.problem()).isEqualTo("already-exists");
    }

    @Test
    void namesEverythingThatANewPlatformLacks() {
        TestResponse answer = companion.admin().post("/api/v1/platforms/", "{\"name\": \"" + name + "\"}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("errors").findValuesAsText("pointer"))
                .containsExactly("/type", "/distr_type", "/distr_version", "/test_dist_name", "/arch_list", "/data");
        assertThat(companion.value("select count(*) from platform where name = '" + name + "'"))
                .isEqualTo("0");
    }

    @Test
    void refusesAnIdInANewPlatform() {
        TestResponse answer = companion.admin().post("/api/v1/platforms/", "{\"id\": 7, \"name\": \"" + name + "\"}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("detail").asText()).contains("/id");
    }

    @Test
    void refusesArchitecturesOfTheOtherFormat() {
        TestResponse answer = companion.admin().post("/api/v1/platforms/", platform(name, "\"amd64\""));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("detail").asText()).contains("amd64");
    }

    @Test
    void namesWithSlashesAndOtherScriptsSurvive() {
        String odd = "Бук/" + UUID.randomUUID() + " \"x\"";
        TestResponse created =
                companion.admin().post("/api/v1/platforms/", platform(odd.replace("\"", "\\\""), "\"x86_64\""));

        assertThat(created.status()).isEqualTo(201);
        assertThat(companion
                        .admin()
                        .get(created.header("Location"))
                        .json()
                        .path("name")
                        .asText())
                .isEqualTo(odd);
    }

    @Test
    void updateChangesWhatIsGivenAndRaisesTheRevision() {
        TestResponse created = companion.admin().post("/api/v1/platforms/", platform(name, "\"x86_64\""));

        TestResponse updated =
                companion.admin().put("/api/v1/platforms/", "{\"name\": \"" + name + "\", \"distr_version\": \"10\"}");

        assertThat(updated.status()).isEqualTo(200);
        assertThat(updated.json().path("distr_version").asText()).isEqualTo("10");
        assertThat(updated.json().path("arch_list")).isEqualTo(created.json().path("arch_list"));
        assertThat(updated.json().path("revision").asInt())
                .isGreaterThan(created.json().path("revision").asInt());
    }

    @Test
    void anUpdateOfAnOldRevisionIsRefusedWithTheCurrentOne() {
        companion.admin().post("/api/v1/platforms/", platform(name, "\"x86_64\""));
        String update = "{\"name\": \"" + name + "\", \"distr_version\": \"10\", \"revision\": 0}";
        companion.admin().put("/api/v1/platforms/", update);

        TestResponse late = companion.admin().put("/api/v1/platforms/", update);

        assertThat(late.status()).isEqualTo(409);
        assertThat(late.json().path("revision").asInt()).isEqualTo(1);
    }

    @Test
    void anUpdateUnderAStaleTagIsRefused() {
        companion.admin().post("/api/v1/platforms/", platform(name, "\"x86_64\""));

        TestResponse late = companion
                .admin()
                .with("If-Match", "\"41\"")
                .put("/api/v1/platforms/", "{\"name\": \"" + name + "\", \"distr_version\": \"10\"}");

        assertThat(late.status()).isEqualTo(412);
    }

    @Test
    void addsAndRemovesRepositories() {
        long id = companion
                .admin()
                .post("/api/v1/platforms/", platform(name, "\"x86_64\""))
                .json()
                .path("id")
                .asLong();
        String repository = companion.value("select max(id) from repository");

        TestResponse removed =
                companion.admin().patch("/api/v1/platforms/" + id + "/remove-repositories", "[" + repository + "]");
        TestResponse added =
                companion.admin().patch("/api/v1/platforms/" + id + "/add-repositories", "[" + repository + "]");
        TestResponse unknown = companion.admin().patch("/api/v1/platforms/" + id + "/add-repositories", "[987654]");

        assertThat(removed.json().path("repos")).isEmpty();
        assertThat(added.json().path("repos")).hasSize(1);
        assertThat(unknown.status()).isEqualTo(404);
    }

    @Test
    void listsBareAndInPages() {
        companion.admin().post("/api/v1/platforms/", platform(name, "\"x86_64\""));
        TestApi reader = companion.as("reader-" + name, Role.READER);

        assertThat(reader.get("/api/v1/platforms/").json().findValuesAsText("name"))
                .contains(name);
        TestResponse page = reader.get("/api/v1/platforms/?pageNumber=1&per_page=1");
        assertThat(page.json().path("platforms")).hasSize(1);
        assertThat(page.json().path("current_page").asInt()).isEqualTo(1);
        assertThat(reader.get("/api/v1/platforms?page_number=900").json().path("platforms"))
                .isEmpty();
    }

    @Test
    void readersMayNotCreate() {
        TestResponse answer =
                companion.as("reader-" + name, Role.READER).post("/api/v1/platforms/", platform(name, "\"x86_64\""));

        assertThat(answer.status()).isEqualTo(403);
    }

    private static String platform(String name, String arches) {
        return """
                {"name": "%s", "type": "rpm", "distr_type": "rhel", "distr_version": "9", "test_dist_name": "demo",
                 "arch_list": [%s], "data": {"timeout": 60},
                 "repos": [{"name": "base %s", "arch": "x86_64", "url": "http://127.0.0.1:1/base/", "type": "rpm"}]}
                """.formatted(name, arches, name);
    }
}
