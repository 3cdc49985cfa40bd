package dev.slipway.server.builds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.builds.Build;
import dev.slipway.api.builds.BuildPage;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.Farm;
import dev.slipway.server.testing.Inside;
import dev.slipway.server.testing.TestApi;
import dev.slipway.server.testing.TestResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two builds, told apart by every filter of the list. */
final class BuildSearchTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    private static final Farm FARM = new Farm(companion);

    /** Of the admin: finished, with packages of the source "anchor" for x86_64; signed and released. */
    private static Build finished;
    /** Of the user mate: running, of the source "buoy", for aarch64. */
    private static Build running;

    private static long platformOfFinished;

    @BeforeAll
    static void twoBuilds() {
        String platform = FARM.platform("rpm", "x86_64");
        finished = FARM.built(FARM.worker("src", "x86_64"), platform, "anchor");
        platformOfFinished = finished.tasks().get(0).platform().id();
        TestApi mate = companion.as("mate", "builds:create", "builds:read");
        String other = FARM.platform("rpm", "aarch64");
        running = FARM.build(
                mate,
                Map.of(
                        "platforms",
                        List.of(Map.of("name", other)),
                        "tasks",
                        List.of(Map.of("url", "https://git.slipway.example/buoy_1%25.git", "git_ref", "v2"))));
        try (Inside inside = Inside.of(companion)) {
            inside.execute("update build set signed = true, released = true where id = ?", finished.id());
        }
    }

    private static List<Long> found(String query) {
        TestResponse answer = companion.admin().get("/api/v1/builds/?" + query);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return ids(List.of(answer.as(Build[].class)));
    }

    private static List<Long> ids(List<Build> builds) {
        return builds.stream().map(Build::id).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "created_by=admin",
        "project=anchor.git",
        "ref=main",
        "rpm_name=anchor",
        "rpm_name=anchor&rpm_epoch=0&rpm_version=1.0&rpm_arch=x86_64",
        "rpm_version=1.0",
        "rpm_epoch=0",
        "rpm_arch=x86_64",
        "build_task_arch=x86_64",
        "released=true",
        "signed=True",
        "is_running=false"
    })
    void aFilterFindsTheFinishedBuildAlone(String query) {
        assertThat(found(query)).containsExactly(finished.id());
    }

    @ParameterizedTest
    @CsvSource({
        "created_by=mate",
        "project=buoy",
        "project=y_1%2525.g",
        "ref=v2",
        "build_task_arch=aarch64",
        "released=false",
        "signed=0",
        "is_running=true",
        "is_running=true&project=buoy&created_by=mate"
    })
    void aFilterFindsTheRunningBuildAlone(String query) {
        assertThat(found(query)).containsExactly(running.id());
    }

    @ParameterizedTest
    @CsvSource({
        "project=anchorage",
        "project=y_1%25_",
        "project=y%25git",
        "project=ANCHOR.git",
        "created_by=nobody",
        "ref=v",
        "rpm_name=anch",
        "rpm_name=anchor&rpm_version=1.1",
        "rpm_name=anchor&rpm_arch=aarch64",
        "rpm_epoch=1",
        "rpm_release=99",
        "platform_id=99999999999",
        "build_task_arch=riscv64",
        "is_running=true&project=anchor"
    })
    void aFilterThatNothingMatchesFindsNothing(String query) {
        assertThat(found(query)).isEmpty();
    }

    @Test
    void aPlatformsBuildsAreFoundByItsId() {
        assertThat(found("platform_id=" + platformOfFinished)).containsExactly(finished.id());
    }

    @Test
    void aUsersBuildsAreFoundByTheUsersId() {
        long admin = finished.user().id();
        assertThat(found("created_by=" + admin)).containsExactly(finished.id());
    }

    @Test
    void aPageSaysHowManyBuildsMatch() {
        BuildPage page = companion
                .admin()
                .get("/api/v1/builds/?page_number=1&per_page=1&is_running=false")
                .as(BuildPage.class);
        assertThat(page.totalBuilds()).isEqualTo(1);
        assertThat(ids(page.builds())).containsExactly(finished.id());
    }

    // acceptance case 5
    @Test
    void theWholeListIsChainedInPiecesOfTheSizeThatWasAskedFor() {
        List<Long> seen = new ArrayList<>();
        String path = "/api/v1/builds/?per_page=1&after=";
        while (path != null) {
            TestResponse answer = companion.admin().get(path);
            List<Build> piece = Arrays.asList(answer.as(Build[].class));
            assertThat(piece).hasSize(1);
            seen.addAll(ids(piece));
            String link = answer.header("Link");
            path = link == null ? null : link.replaceAll("^<https?://[^/]+(/[^>]*)>.*", "$1");
        }
        assertThat(seen).containsExactly(running.id(), finished.id());
    }

    // acceptance case 5
    @ParameterizedTest
    @CsvSource({"rpm_epoch=x", "rpm_epoch=99999999999", "platform_id=el9", "released=maybe", "signed=", "is_running=2"})
    void aValueThatMakesNoSenseIsRefusedByName(String query) {
        TestResponse answer = companion.admin().get("/api/v1/builds/?" + query);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("errors").path(0).path("pointer").asText())
                .isEqualTo(query.substring(0, query.indexOf('=')));
    }
}
