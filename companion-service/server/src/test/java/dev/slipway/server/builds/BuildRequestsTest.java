package dev.slipway.server.builds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.builds.Build;
import dev.slipway.api.identity.Role;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.Farm;
import dev.slipway.server.testing.TestResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can be asked for as a build, and that nothing is left of what cannot. */
final class BuildRequestsTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    private static final String SOURCE = "{\"url\": \"https://git.slipway.example/tally.git\", \"git_ref\": \"main\"}";

    private final Farm farm = new Farm(companion);
    private String platform;

    @BeforeEach
    void platform() {
        platform = farm.platform("rpm", "x86_64", "i686");
    }

    private static String builds() {
        return companion.value("select count(*) || ' ' || (select count(*) from task) || ' '"
                + " || (select count(*) from repository where build_id is not null) from build");
    }

    // acceptance cases 21, 22 and 24: a build is planned as it is asked for, so one that cannot be planned is none
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            no platform            | {"platforms": [], "tasks": [SOURCE]}                                          | /platforms             | at least one platform
            an unknown platform    | {"platforms": [{"name": "atlantis"}], "tasks": [SOURCE]}                       | /platforms/0/name      | atlantis
            a platform twice       | {"platforms": [PLATFORM, PLATFORM], "tasks": [SOURCE]}                         | /platforms/1/name      | twice
            an unknown arch        | {"platforms": [{"name": "NAME", "arch_list": ["s390x"]}], "tasks": [SOURCE]}   | /platforms/0/arch_list | s390x
            no architecture        | {"platforms": [{"name": "NAME", "arch_list": []}], "tasks": [SOURCE]}          | /platforms/0/arch_list | at least one architecture
            no source              | {"platforms": [PLATFORM], "tasks": []}                                         | /tasks                 | at least one source
            sources all disabled   | {"platforms": [PLATFORM], "tasks": [{"url": "https://git.slipway.example/a.git", "enabled": false}]} | /tasks | all disabled
            an address of nothing  | {"platforms": [PLATFORM], "tasks": [{"url": "here"}]}                          | /tasks/0/url           | user@host:path
            an unknown linked build| {"platforms": [PLATFORM], "tasks": [SOURCE], "linked_builds": [4711]}          | /linked_builds/0       | 4711
            an unknown mode        | {"platforms": [PLATFORM], "tasks": [SOURCE], "mode": "random"}                 | /mode                  | chained or independent
            """)
    void namesWhatIsWrongAndKeepsNothing(String fault, String request, String pointer, String named) {
        String before = builds();

        TestResponse answer = companion
                .admin()
                .post(
                        "/api/v1/builds/",
                        request.replace("SOURCE", SOURCE)
                                .replace("PLATFORM", "{\"name\": \"NAME\"}")
                                .replace("NAME", platform));

        assertThat(answer.status()).as(fault + ": " + answer).isEqualTo(422);
        assertThat(answer.json().at("/errors/0/pointer").asText()).isEqualTo(pointer);
        assertThat(answer.json().at("/errors/0/message").asText()).contains(named);
        assertThat(builds()).isEqualTo(before);
    }

    // acceptance case 21
    @Test
    void aSourceWithoutAnAddressIsNone() {
        TestResponse answer = companion
                .admin()
                .post(
                        "/api/v1/builds/",
                        Map.of(
                                "platforms",
                                List.of(Map.of("name", platform)),
                                "tasks",
                                List.of(Map.of("git_ref", "main"))));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("detail").asText()).contains("/tasks/0/url");
    }

    // acceptance case 23
    @Test
    void readersAskForNone() {
        String before = builds();

        TestResponse answer = companion
                .as(Farm.unique("reader"), Role.READER)
                .post("/api/v1/builds/", Farm.request(platform, "tally"));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(builds()).isEqualTo(before);
    }

    // acceptance case 18
    @Test
    void everySourceIsBuiltForEveryPlatformAndArchitecture() {
        Map<String, Object> request = new HashMap<>(Farm.request(platform, "tally"));
        request.put(
                "platforms", List.of(Map.of("name", platform), Map.of("name", farm.platform("deb", "amd64", "arm64"))));

        Build build = farm.build(companion.admin(), request);

        assertThat(build.tasks())
                .extracting(task -> task.platform().type() + " " + task.arch())
                .containsExactly("rpm src", "rpm x86_64", "rpm i686", "deb src", "deb amd64", "deb arm64");
    }

    @Test
    void oneDisabledSourceIsLeftOut() {
        Map<String, Object> request = new HashMap<>(Farm.request(platform, "tally"));
        request.put(
                "tasks",
                List.of(
                        Map.of("url", "https://git.slipway.example/left.git", "enabled", false),
                        Map.of("url", "https://git.slipway.example/taken.git")));

        Build build = farm.build(companion.admin(), request);

        assertThat(build.tasks())
                .extracting(task -> task.ref().url())
                .containsOnly("https://git.slipway.example/taken.git");
    }
}
