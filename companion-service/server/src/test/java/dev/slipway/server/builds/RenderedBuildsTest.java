package dev.slipway.server.builds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.builds.Build;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.Farm;
import dev.slipway.server.testing.Inside;
import dev.slipway.server.testing.TestResponse;
import dev.slipway.server.testing.TestWorker;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The answer for a build is kept, and never shown when anything of it has changed behind it. */
final class RenderedBuildsTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    private final Farm farm = new Farm(companion);
    private final Inside inside = Inside.of(companion);
    private Build other;
    private Build build;

    @BeforeEach
    void build() {
        farm.clear();
        String platform = farm.platform("rpm", Map.of("tests", "none"), "x86_64");
        other = farm.build(platform, "bollard");
        build = farm.build(platform, "capstan");
        TestWorker worker = farm.worker("src");
        worker.succeed(worker.claimSource(), "bollard");
        worker.succeed(worker.claimSource(), "capstan");
    }

    @AfterEach
    void close() {
        inside.close();
    }

    private TestResponse get() {
        return companion.admin().get("/api/v1/builds/" + build.id() + "/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update build set error = 'sunk' where id = :build",
                "update app_user set email = 'quay' || :build || '@slipway.example' where id = 1",
                "update task set error = 'sunk' where build_id = :build and arch = 'x86_64'",
                "update artifact set size = size + 1 where task_id in (select id from task where build_id = :build)",
                "insert into artifact (task_id, name, type, blob_sha256, size, created_at)"
                        + " select task_id, 'more.log', 'log', blob_sha256, size, now() from artifact"
                        + " where task_id in (select id from task where build_id = :build) limit 1",
                "update build_source set commit_hash = repeat('a', 40) where build_id = :build",
                "update platform set name = name || 'b' where id in"
                        + " (select platform_id from build_platform where build_id = :build)",
                "update repository set name = name || 'b' where build_id = :build",
                "update channel set path = path || 'b' where repository_id in"
                        + " (select id from repository where build_id = :build)",
                "insert into build_link (build_id, linked_build_id) values (:build, :other)",
                "insert into build_difference (build_id, nevra, task_id, other_task_id, differences)"
                        + " select :build, 'capstan-1', min(id), max(id), '{size}' from task where build_id = :build",
                "delete from task where build_id = :build and arch = 'x86_64'"
            })
    void aChangeIsSeenAtOnce(String change) {
        TestResponse before = get();

        int changed = inside.execute(
                change.replace(":build", String.valueOf(build.id())).replace(":other", String.valueOf(other.id())));

        assertThat(changed).isPositive();
        TestResponse after = get();
        assertThat(after.text()).isNotEqualTo(before.text());
        assertThat(after.header("ETag")).isNotEqualTo(before.header("ETag"));
    }

    @Test
    void whatWasKeptIsAnsweredWhileNothingChanges() {
        TestResponse first = get();

        TestResponse second = get();

        assertThat(second.text()).isEqualTo(first.text());
        assertThat(second.header("ETag")).isEqualTo(first.header("ETag"));
        assertThat(second.header("Content-Type")).isEqualTo(first.header("Content-Type"));
    }

    @Test
    void whatIsKeptForOneWhoSeesAnAddressIsNotShownToOthers() {
        inside.execute("update app_user set email = 'quay@slipway.example' where id = 1");

        assertThat(get().text()).contains("quay@slipway.example");

        String path = "/api/v1/builds/" + build.id() + "/";
        assertThat(companion.as(Farm.unique("guest"), "builds:read").get(path).text())
                .doesNotContain("quay@slipway.example");
        assertThat(get().text()).contains("quay@slipway.example");
    }

    @Test
    void aRemovedBuildIsGoneAlthoughItsAnswerWasKept() {
        get();
        String path = "/api/v1/builds/" + build.id();
        assertThat(companion.admin().send("PATCH", path + "/cancel", null).status())
                .isEqualTo(200);

        assertThat(companion.admin().send("DELETE", path + "/remove", null).status())
                .isEqualTo(204);

        assertThat(get().status()).isEqualTo(404);
    }
}
