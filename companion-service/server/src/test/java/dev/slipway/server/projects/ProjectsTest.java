package dev.slipway.server.projects;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.TestFolders;
import dev.slipway.server.testing.TestResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A catalogue of a folder and one of a git server, as the companion keeps them. */
final class ProjectsTest {
    private static final Path FOLDER = TestFolders.temporary("git");
    private static final GitServer SERVER = GitServer.start();

    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension(Map.of(
            "projects.catalogues",
            "alma=" + FOLDER + " alma/modularity=" + SERVER.listing() + " lost=/no/such/folder",
            "projects.timeout",
            "PT1S"));

    @BeforeEach
    void reset() {
        SERVER.reset();
    }

    @AfterAll
    static void stop() {
        SERVER.stop();
    }

    private static void repository(String name, String tag) {
        Path place = FOLDER.resolve(name);
        try (Git git =
                Git.init().setDirectory(place.toFile()).setInitialBranch("main").call()) {
            git.commit()
                    .setMessage("First")
                    .setAllowEmpty(true)
                    .setSign(false)
                    .setAuthor("Slipway", "packages@slipway.example")
                    .setCommitter("Slipway", "packages@slipway.example")
                    .call();
            git.tag().setName(tag).setAnnotated(false).call();
        } catch (GitAPIException e) {
            throw new AssertionError(e);
        }
    }

    /** Lets the time for the next listing come, and reads. */
    private static void read() {
        companion.clock().advance(Duration.ofMinutes(11));
        try {
            companion.companion().background().runNow("projects.read");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode catalogue(String name) {
        TestResponse answer = companion.admin().get("/api/v1/projects/" + name);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }

    private static JsonNode project(String catalogue, String name) {
        for (JsonNode each : catalogue(catalogue)) {
            if (each.path("name").asText().equals(name)) {
                return each;
            }
        }
        throw new AssertionError("there is no " + name + " in " + catalogue(catalogue));
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(each -> texts.add(each.asText()));
        return texts;
    }

    private static JsonNode state(String catalogue) {
        for (JsonNode each : companion.admin().get("/api/v1/projects/").json()) {
            if (each.path("name").asText().equals(catalogue)) {
                return each;
            }
        }
        throw new AssertionError("no catalogue is called " + catalogue);
    }

    @Test
    void listsTheRepositoriesOfAFolderWithBranchesAndTags() {
        repository("bash", "v5.2");
        read();

        JsonNode bash = project("alma", "bash");

        assertThat(bash.path("clone_url").asText()).isEqualTo("file://" + FOLDER + "/bash");
        assertThat(texts(bash.path("branches"))).containsExactly("main");
        assertThat(texts(bash.path("tags"))).containsExactly("v5.2");
    }

    @Test
    void seesANewTagOfAFolder() throws Exception {
        repository("dash", "v1");
        read();
        try (Git git = Git.open(FOLDER.resolve("dash").toFile())) {
            git.tag().setName("v2").setAnnotated(false).call();
        }

        read();

        assertThat(texts(project("alma", "dash").path("tags"))).containsExactly("v1", "v2");
    }

    @Test
    void listsTheRepositoriesOfAServerPageAfterPage() {
        SERVER.project("ruby", "1", "refs/heads/stream-22", "refs/tags/m1");
        SERVER.project("php", "1", "refs/heads/stream-5");
        read();

        assertThat(texts(project("alma/modularity", "ruby").path("branches"))).containsExactly("stream-22");
        assertThat(texts(project("alma/modularity", "ruby").path("tags"))).containsExactly("m1");
        assertThat(texts(project("alma/modularity", "php").path("branches"))).containsExactly("stream-5");
    }

    @Test
    void asksAServerOnlyForWhatChanged() {
        SERVER.project("nodejs", "1", "refs/heads/a");
        SERVER.project("perl", "1", "refs/heads/a");
        read();
        SERVER.forgetRequests();
        SERVER.project("perl", "2", "refs/heads/a", "refs/heads/b");

        read();

        assertThat(SERVER.askedFor()).containsOnly("perl");
        assertThat(texts(project("alma/modularity", "perl").path("branches"))).containsExactly("a", "b");
    }

    @Test
    void forgetsAProjectThatIsListedNoMore() {
        SERVER.project("nodejs", "1", "refs/heads/a");
        SERVER.project("perl", "1", "refs/heads/a");
        read();
        SERVER.remove("perl");

        read();

        assertThat(catalogue("alma/modularity")).hasSize(1);
    }

    @Test
    void keepsWhatItKnewOfAServerThatIsAway() {
        SERVER.project("nodejs", "1", "refs/heads/a");
        read();
        SERVER.fail(503);

        read();

        assertThat(texts(project("alma/modularity", "nodejs").path("branches"))).containsExactly("a");
        assertThat(state("alma/modularity").path("error").asText()).contains("503");
    }

    @Test
    void keepsWhatItKnewOfARepositoryThatCannotBeRead() {
        SERVER.project("nodejs", "1", "refs/heads/a");
        read();
        SERVER.project("nodejs", "2", "refs/heads/b");
        SERVER.breakRepository("nodejs");

        read();

        assertThat(texts(project("alma/modularity", "nodejs").path("branches"))).containsExactly("a");
        assertThat(project("alma/modularity", "nodejs").path("error").asText()).contains("nodejs");
        assertThat(state("alma/modularity").path("failing").asInt()).isOne();
    }

    @Test
    void readsARepositoryAgainThatCouldNotBeRead() {
        SERVER.project("nodejs", "1", "refs/heads/a");
        SERVER.breakRepository("nodejs");
        read();
        SERVER.mend("nodejs");

        read();

        assertThat(texts(project("alma/modularity", "nodejs").path("branches"))).containsExactly("a");
        assertThat(project("alma/modularity", "nodejs").path("error").isMissingNode())
                .isTrue();
    }

    @Test
    void doesNotWaitForAServerThatNeverAnswers() {
        SERVER.project("nodejs", "1", "refs/heads/a");
        SERVER.stall();

        read();

        assertThat(state("alma/modularity").path("error").asText()).contains("/listing");
    }

    @Test
    void saysWhyAFolderIsNotListed() {
        read();

        assertThat(state("lost").path("error").asText()).contains("/no/such/folder");
    }

    @Test
    void answersPages() {
        SERVER.project("nodejs", "1", "refs/heads/a");
        SERVER.project("perl", "1", "refs/heads/a");
        read();

        JsonNode page = catalogue("alma/modularity?page_number=2&per_page=1");

        assertThat(page.path("projects").get(0).path("name").asText()).isEqualTo("perl");
        assertThat(page.path("total_projects").asInt()).isEqualTo(2);
        assertThat(page.path("current_page").asInt()).isEqualTo(2);
    }

    @Test
    void doesNotKnowACatalogueThatIsNotThere() {
        assertThat(companion.admin().get("/api/v1/projects/nowhere").status()).isEqualTo(404);
        assertThat(companion.admin().get("/api/v1/projects/alma/nowhere").status())
                .isEqualTo(404);
    }
}
