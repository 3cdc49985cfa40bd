package dev.slipway.client.follow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.builds.Build;
import dev.slipway.api.builds.BuildTask;
import dev.slipway.api.builds.RefType;
import dev.slipway.api.platforms.PlatformSummary;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BuildProgressTest {
    private static final Instant NOW = Instant.parse("2026-11-01T10:00:00Z");
    private final BuildProgress progress = new BuildProgress();

    private static Build build(String state, boolean finished, List<Build.TestTask> tests, BuildTask... tasks) {
        return new Build(
                5,
                NOW,
                finished ? NOW : null,
                state,
                "chained",
                0,
                List.of(tasks),
                new Build.User(1, "ada", ""),
                List.of(),
                List.of(),
                tests,
                List.of(),
                1,
                false,
                false,
                false,
                null,
                0);
    }

    private static BuildTask task(long id, String state, @Nullable String error) {
        return new BuildTask(
                id,
                NOW,
                1,
                "started",
                state,
                0,
                "x86_64",
                new PlatformSummary(1, "rpm", "el9", List.of("x86_64")),
                new BuildTask.Ref("https://git.example/wordfreq.git", "v1", RefType.ANY, null),
                List.of(),
                1,
                null,
                error,
                NOW,
                null,
                "/api/v1/tasks/" + id + "/log");
    }

    @Test
    void tellsEachChangeOnce() {
        Build running = build("running", false, List.of(), task(1, "running", null));
        assertThat(progress.news(running)).containsExactly("wordfreq for el9/x86_64: running");
        assertThat(progress.news(running)).isEmpty();
    }

    @Test
    void saysWhyATaskFailed() {
        assertThat(progress.news(build("failed", true, List.of(), task(1, "failed", "%check failed"))))
                .containsExactly("wordfreq for el9/x86_64: failed: %check failed");
    }

    @Test
    void isSilentAboutTasksThatOnlyWait() {
        assertThat(progress.news(build("running", false, List.of(), task(1, "blocked", null))))
                .isEmpty();
        assertThat(progress.news(build("running", false, List.of(), task(1, "ready", null))))
                .isEmpty();
    }

    @Test
    void tellsThatALostTaskIsReadyAgain() {
        progress.news(build("running", false, List.of(), task(1, "running", null)));
        assertThat(progress.news(build("running", false, List.of(), task(1, "ready", null))))
                .containsExactly("wordfreq for el9/x86_64: ready");
    }

    @Test
    void waitsForTestsThatHaveNotEnded() {
        var test = new Build.TestTask(9, "el9", "x86_64", 1, "running", 2, "started", null);
        Build built = build("succeeded", true, List.of(test), task(1, "succeeded", null));
        assertThat(BuildProgress.built(built)).isTrue();
        assertThat(BuildProgress.tested(built)).isFalse();
    }

    @Test
    void namesASourceByTheLastPartOfItsAddress() {
        assertThat(BuildProgress.name("https://git.example/a/libtally.git/")).isEqualTo("libtally");
        assertThat(BuildProgress.name("file:///srv/git/unitfacts")).isEqualTo("unitfacts");
    }
}
