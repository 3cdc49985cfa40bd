package dev.slipway.server.releases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.slipway.api.builds.Build;
import dev.slipway.api.releases.PlannedPackage;
import dev.slipway.api.releases.PlannedTarget;
import dev.slipway.api.releases.Release;
import dev.slipway.api.releases.ReleaseAnswer;
import dev.slipway.api.releases.ReleaseChecksReport;
import dev.slipway.api.releases.ReleasePage;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.Farm;
import dev.slipway.server.testing.TestResponse;
import java.util.List;
import java.util.Map;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Releases over HTTP, into a distribution without a key. */
final class ReleasesTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    private final Dock dock = new Dock(companion);
    private final String name = Farm.unique("tide");

    private record Stage(String platform, String distribution, long build, Release release) {}

    private Stage stage() {
        String platform = dock.platform("rpm", "x86_64");
        String distribution = dock.distribution(platform);
        long build = dock.build(platform, name, "1.0");
        return new Stage(platform, distribution, build, dock.plan(platform, distribution, build));
    }

    private Release next(Stage stage, String version) {
        return dock.plan(stage.platform(), stage.distribution(), dock.build(stage.platform(), name, version));
    }

    private static String path(Release release) {
        return "/api/v1/releases/" + release.id() + "/";
    }

    private static PlannedPackage binary(Release release) {
        return release.plan().packages().stream()
                .filter(p -> !p.pkg().arch().equals("src"))
                .findFirst()
                .orElseThrow();
    }

    private TestResponse edit(Release release, Map<String, Object> operation) {
        return dock.api().patch(path(release) + "plan", Map.of("operations", List.of(operation)));
    }

    // acceptance case 86
    @Test
    void plansEachPackageIntoTheRepositoryOfItsArchitecture() {
        Stage stage = stage();

        assertThat(stage.release().status()).isEqualTo(1);
        assertThat(stage.release().plan().packages())
                .extracting(
                        p -> p.pkg().nevra(),
                        p -> p.repositories().stream().map(PlannedTarget::arch).toList())
                .containsExactlyInAnyOrder(
                        tuple(name + "-1.0-1.src", List.of("src")), tuple(name + "-1.0-1.x86_64", List.of("x86_64")));
        assertThat(stage.release().plan().checks()).noneMatch(c -> c.state().equals("red"));
    }

    // acceptance cases 74 and 84
    @ParameterizedTest
    @CsvSource({"rpm, x86_64", "deb, amd64"})
    void commitsAndRevertsToTheSameBytes(String type, String arch) {
        String platform = dock.platform(type, arch);
        String distribution = dock.distribution(platform);
        Map<String, String> before = dock.served(distribution);
        long build = dock.build(platform, name, "1.0");
        Release release = dock.plan(platform, distribution, build);

        Release released = dock.released(release.id());

        assertThat(released.committedAt()).isNotNull();
        assertThat(dock.content(distribution, platform, arch)).anyMatch(nevra -> nevra.startsWith(name));
        assertThat(dock.served(distribution)).isNotEqualTo(before);
        assertThat(dock.farm().get(build).released()).isTrue();
        assertThat(companion.value(
                        "select count(*) from outbox_event where type = 'release.completed' and subject_id = "
                                + release.id()))
                .isEqualTo("1");

        TestResponse reverted = dock.order(release.id(), "revert");

        Dock.ok(reverted, 200);
        assertThat(reverted.as(ReleaseAnswer.class).release().status()).isEqualTo(5);
        assertThat(dock.served(distribution)).isEqualTo(before);
        assertThat(dock.content(distribution, platform, arch)).isEmpty();
        assertThat(dock.farm().get(build).released()).isFalse();
    }

    // acceptance case 75
    @Test
    void aDryRunAnswersTheDifferencesAndChangesNothing() {
        Stage stage = stage();
        Map<String, String> before = dock.served(stage.distribution());

        TestResponse planned = dock.api()
                .post(
                        "/api/v1/releases/new/",
                        Map.of(
                                "builds", List.of(stage.build()),
                                "platform", stage.platform(),
                                "dry_run", true));
        TestResponse answer = dock.order(stage.release().id(), "commit?dry_run=true");

        Dock.ok(planned, 200);
        assertThat(planned.as(Release.class).plan()).isEqualTo(stage.release().plan());
        Dock.ok(answer, 200);
        assertThat(answer.as(ReleaseAnswer.class).differences())
                .extracting(d -> d.repository().arch(), d -> d.added(), d -> d.removed())
                .contains(tuple("x86_64", List.of(name + "-1.0-1.x86_64"), List.<String>of()));
        assertThat(dock.served(stage.distribution())).isEqualTo(before);
        assertThat(dock.get(stage.release().id()).status()).isEqualTo(1);
        assertThat(companion.value(
                        "select count(*) from release where platform_id = " + dock.platformId(stage.platform())))
                .isEqualTo("1");
    }

    @Test
    void undoesReleasesOfOneRepositoryInTheirOrderAlone() {
        Stage stage = stage();
        Map<String, String> empty = dock.served(stage.distribution());
        dock.released(stage.release().id());
        Map<String, String> first = dock.served(stage.distribution());
        Release second = next(stage, "2.0");
        dock.released(second.id());

        TestResponse tooEarly = dock.order(stage.release().id(), "revert");
        assertThat(tooEarly.status()).isEqualTo(409);
        assertThat(tooEarly.json().path("detail").asText()).contains("release " + second.id());

        Dock.ok(dock.order(second.id(), "revert"), 200);
        assertThat(dock.served(stage.distribution())).isEqualTo(first);
        Dock.ok(dock.order(stage.release().id(), "revert"), 200);
        assertThat(dock.served(stage.distribution())).isEqualTo(empty);
    }

    @Test
    void releasesAgainAfterAnUndo() {
        Stage stage = stage();
        dock.released(stage.release().id());
        Map<String, String> first = dock.served(stage.distribution());
        Dock.ok(dock.order(stage.release().id(), "revert"), 200);
        Map<String, String> undone = dock.served(stage.distribution());

        Release again = dock.plan(stage.platform(), stage.distribution(), stage.build());
        dock.released(again.id());

        assertThat(dock.served(stage.distribution()).keySet()).isEqualTo(first.keySet());
        assertThat(dock.content(stage.distribution(), stage.platform(), "x86_64"))
                .containsExactly(name + "-1.0-1.x86_64");
        Dock.ok(dock.order(again.id(), "revert"), 200);
        assertThat(dock.served(stage.distribution())).isEqualTo(undone);
    }

    // acceptance case 84
    @Test
    void aReleaseThatWasNeverCommittedHasNothingToUndo() {
        Release release = stage().release();

        TestResponse answer = dock.order(release.id(), "revert");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().path("release_status").asInt()).isEqualTo(1);
        assertThat(dock.get(release.id()).status()).isEqualTo(1);
    }

    // acceptance case 84
    @Test
    void whatOthersChangedSinceIsNotUndone() {
        Stage stage = stage();
        dock.released(stage.release().id());
        long other = dock.build(stage.platform(), Farm.unique("other"), "1.0");
        Dock.ok(
                dock.api().send("POST", "/api/v1/distributions/add/" + other + "/" + stage.distribution() + "/", null),
                200);

        TestResponse refused = dock.order(stage.release().id(), "revert");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().path("detail").asText()).contains("build " + other + " added", "undo that first");
        assertThat(dock.get(stage.release().id()).status()).isEqualTo(3);
    }

    // acceptance case 83
    @Test
    void aLowerVersionIsRefusedUnlessItIsForcedWithAReason() {
        Stage stage = stage();
        dock.released(next(stage, "2.0").id());

        TestResponse blocked = dock.order(stage.release().id(), "commit");
        assertThat(blocked.status()).isEqualTo(409);
        assertThat(blocked.problem()).isEqualTo("release-blocked");
        assertThat(blocked.json().path("checks").get(0).path("check").asText()).isEqualTo("downgrade");
        assertThat(dock.get(stage.release().id()).status()).isEqualTo(1);

        assertThat(edit(
                                stage.release(),
                                Map.of(
                                        "op",
                                        "force",
                                        "package_id",
                                        binary(stage.release()).pkg().id()))
                        .status())
                .isEqualTo(422);
        for (PlannedPackage each : stage.release().plan().packages()) {
            Dock.ok(
                    edit(
                            stage.release(),
                            Map.of("op", "force", "package_id", each.pkg().id(), "reason", "2.0 loses data")),
                    200);
        }
        dock.released(stage.release().id());
        assertThat(companion.value("select after_state::text from audit_event where action = 'commit' and object_kind ="
                        + " 'release' and object_id = '" + stage.release().id() + "'"))
                .contains("2.0 loses data");
    }

    // acceptance case 80
    @Test
    void theSecondOfTwoEditorsIsToldTheCurrentRevision() {
        Release release = stage().release();
        Map<String, Object> exclude =
                Map.of("op", "exclude", "package_id", binary(release).pkg().id());
        Map<String, Object> body = Map.of("operations", List.of(exclude), "revision", release.revision());
        Dock.ok(dock.api().patch(path(release) + "plan", body), 200);

        TestResponse second = dock.api().patch(path(release) + "plan", body);
        TestResponse tagged =
                dock.api().with("If-Match", "\"" + release.revision() + "\"").patch(path(release) + "plan", body);
        TestResponse commit = dock.order(release.id(), "commit?plan_hash=" + release.planHash());

        assertThat(second.status()).isEqualTo(409);
        assertThat(second.json().path("revision").asInt()).isEqualTo(release.revision() + 1);
        assertThat(tagged.status()).isEqualTo(412);
        assertThat(commit.status()).isEqualTo(409);
        assertThat(dock.get(release.id()).status()).isEqualTo(1);
    }

    // acceptance case 80
    @Test
    void editsOutliveANewListOfBuilds() {
        Stage stage = stage();
        long packageId = binary(stage.release()).pkg().id();
        Dock.ok(edit(stage.release(), Map.of("op", "exclude", "package_id", packageId)), 200);
        long other = dock.build(stage.platform(), Farm.unique("other"), "1.0");

        TestResponse changed = dock.api().put(path(stage.release()), Map.of("builds", List.of(stage.build(), other)));

        Dock.ok(changed, 200);
        Release now = changed.as(Release.class);
        assertThat(now.buildIds()).containsExactly(stage.build(), other);
        assertThat(now.plan().packages()).hasSize(4);
        assertThat(now.plan().packages())
                .filteredOn(PlannedPackage::excluded)
                .extracting(p -> p.pkg().id())
                .containsExactly(packageId);
    }

    @Test
    void aWholePlanIsComparedAndItsChangesAreTaken() {
        Release release = stage().release();
        String plan = dock.api().get(path(release)).json().path("plan").toString();

        TestResponse same = dock.api().put(path(release), "{\"plan\": " + plan + "}");
        TestResponse changed = dock.api()
                .put(path(release), "{\"plan\": " + plan.replaceFirst("\"excluded\":false", "\"excluded\":true") + "}");

        Dock.ok(same, 200);
        assertThat(same.as(Release.class).planHash()).isEqualTo(release.planHash());
        Dock.ok(changed, 200);
        assertThat(changed.as(Release.class).plan().packages())
                .filteredOn(PlannedPackage::excluded)
                .hasSize(1);
    }

    // acceptance case 79
    @Test
    void contentThatIsNotTheReleasesOwnIsRefused() {
        Stage stage = stage();
        long foreign = binary(next(stage, "3.0")).pkg().id();

        TestResponse answer = edit(stage.release(), Map.of("op", "exclude", "package_id", foreign));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("errors").get(0).path("pointer").asText()).isEqualTo("/operations/0/package_id");
    }

    // acceptance case 85
    @Test
    void aBuildForAnotherPlatformIsRefused() {
        Stage stage = stage();
        String other = dock.platform("rpm", "x86_64");
        String distribution = dock.distribution(other);

        TestResponse answer =
                dock.api().post("/api/v1/releases/new/", Dock.request(other, distribution, stage.build()));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("detail").asText()).contains("was not made for platform " + other);
    }

    @Test
    void aBuildThatRunsIsRefused() {
        Stage stage = stage();
        Build running = dock.farm().build(stage.platform(), name);

        TestResponse answer = dock.api()
                .post("/api/v1/releases/new/", Dock.request(stage.platform(), stage.distribution(), running.id()));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().path("detail").asText()).contains("still running");
    }

    // acceptance case 86
    @Test
    void buildTasksRestrictARelease() {
        Stage stage = stage();
        long source = Long.parseLong(
                companion.value("select task_id from build_task where arch = 'src' and build_id = " + stage.build()));

        TestResponse answer = dock.api()
                .post(
                        "/api/v1/releases/new/",
                        Map.of(
                                "builds", List.of(stage.build()),
                                "platform_id", dock.platformId(stage.platform()),
                                "product_id",
                                        Long.parseLong(companion.value("select id from distribution where name = '"
                                                + stage.distribution() + "'")),
                                "build_tasks", List.of(source)));

        Dock.ok(answer, 200);
        assertThat(answer.as(Release.class).plan().packages())
                .extracting(p -> p.pkg().arch())
                .containsExactly("src");
    }

    @Test
    void whatALinkedBuildBroughtHasToBeReleasedToo() {
        String platform = dock.platform("rpm", "x86_64");
        String distribution = dock.distribution(platform);
        String library = Farm.unique("fathom");
        long first = dock.build(platform, library, "1.0");
        long second = dock.build(platform, name, "1.0", library);
        companion.value("insert into build_link values (" + second + ", " + first + ") returning build_id");

        Release alone = dock.plan(platform, distribution, second);
        Release both = dock.plan(platform, distribution, first, second);

        assertThat(Dock.red(alone, "closure").message()).contains(library + "-1.0-1.x86_64 (build " + first + ")");
        assertThat(dock.order(alone.id(), "commit").status()).isEqualTo(409);
        dock.released(both.id());
        assertThat(dock.plan(platform, distribution, second).plan().checks())
                .noneMatch(c -> c.state().equals("red"));
    }

    @Test
    void theSameKeyPlansOnce() {
        Stage stage = stage();
        Map<String, Object> request = Dock.request(stage.platform(), stage.distribution(), stage.build());
        String key = Farm.unique("key");

        TestResponse first = dock.api().with("Idempotency-Key", key).post("/api/v1/releases/new/", request);
        TestResponse second = dock.api().with("Idempotency-Key", key).post("/api/v1/releases/new/", request);

        assertThat(second.json()).isEqualTo(first.json());
        assertThat(first.header("Location")).endsWith(path(first.as(Release.class)));
    }

    @Test
    void anOrderThatComesTooLateIsToldTheStatusInAMemberOfItsOwn() {
        Stage stage = stage();
        dock.released(stage.release().id());

        TestResponse again = dock.order(stage.release().id(), "commit");

        assertThat(again.json().path("status").asInt()).isEqualTo(409);
        assertThat(again.json().path("release_status").asInt()).isEqualTo(3);
    }

    @Test
    void aReleasedBuildAndItsReleaseCannotBeRemoved() {
        Stage stage = stage();
        dock.released(stage.release().id());

        assertThat(dock.api().delete(path(stage.release())).status()).isEqualTo(409);
        assertThat(dock.api()
                        .delete("/api/v1/builds/" + stage.build() + "/remove")
                        .status())
                .isEqualTo(409);
        assertThat(dock.order(stage.release().id(), "commit").status()).isEqualTo(409);
        assertThat(edit(
                                stage.release(),
                                Map.of(
                                        "op",
                                        "exclude",
                                        "package_id",
                                        binary(stage.release()).pkg().id()))
                        .status())
                .isEqualTo(409);

        Dock.ok(dock.order(stage.release().id(), "revert"), 200);
        assertThat(dock.order(stage.release().id(), "revert").status()).isEqualTo(409);
        Dock.ok(dock.api().delete(path(stage.release())), 204);
    }

    @Test
    void aPlanWithEverythingExcludedIsNotCommitted() {
        Release release = stage().release();
        for (PlannedPackage each : release.plan().packages()) {
            Dock.ok(
                    edit(
                            release,
                            Map.of("op", "exclude", "package_id", each.pkg().id())),
                    200);
        }

        assertThat(dock.order(release.id(), "commit").status()).isEqualTo(409);
    }

    // acceptance case 82
    @Test
    void theSameBytesAgainChangeNothing() {
        Stage stage = stage();
        dock.released(stage.release().id());
        Map<String, String> before = dock.served(stage.distribution());

        Release again = dock.plan(stage.platform(), stage.distribution(), stage.build());
        dock.released(again.id());

        assertThat(dock.served(stage.distribution())).isEqualTo(before);
        assertThat(companion.value("select count(*) from release_target where release_id = " + again.id()))
                .isEqualTo("0");
    }

    @Test
    void theChecksSayWhatACommitWouldChange() {
        Release release = stage().release();

        ReleaseChecksReport report = dock.api().get(path(release) + "checks").as(ReleaseChecksReport.class);

        assertThat(report.blocked()).isFalse();
        assertThat(report.revision()).isEqualTo(release.revision());
        assertThat(report.differences()).hasSize(2);
        assertThat(report.checks()).extracting(c -> c.check()).contains("signature", "downgrade", "architectures");
    }

    @Test
    void listsReleasesByPageAndFilter() {
        Stage stage = stage();
        Release second = dock.plan(stage.platform(), stage.distribution(), stage.build());

        ReleasePage page = dock.api()
                .get("/api/v1/releases/?page_number=1&per_page=1&platform_id=" + dock.platformId(stage.platform()))
                .as(ReleasePage.class);
        TestResponse completed = dock.api().get("/api/v1/releases/?status=3&distribution=" + stage.distribution());
        TestResponse ofBuild = dock.api().get("/api/v1/releases/?build_id=" + stage.build());

        assertThat(page.totalReleases()).isEqualTo(2);
        assertThat(page.releases()).extracting(Release::id).containsExactly(second.id());
        assertThat(completed.json()).isEmpty();
        assertThat(ofBuild.json()).hasSize(2);
    }

    @Test
    void answersThatTheCallerHasTheRevisionAlready() {
        Release release = stage().release();
        String tag = dock.api().get(path(release)).header("ETag");

        assertThat(dock.api().with("If-None-Match", tag).get(path(release)).status())
                .isEqualTo(304);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/releases/999999/, ",
        "GET, /api/v1/releases/999999/checks, ",
        "DELETE, /api/v1/releases/999999/, ",
        "POST, /api/v1/releases/999999/commit/, ",
        "POST, /api/v1/releases/999999/commit?dry_run=true, ",
        "POST, /api/v1/releases/999999/revert/, ",
        "PUT, /api/v1/releases/999999/, '{\"builds\": [1]}'",
        "PATCH, /api/v1/releases/999999/plan, '{\"operations\": []}'"
    })
    void knowsNoReleaseOfAnUnknownId(String method, String path, String body) {
        TestResponse answer = dock.api()
                .send(method, path, body == null ? null : RequestBody.create(body, MediaType.get("application/json")));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().path("detail").asText()).isEqualTo("there is no release 999999");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"builds\": \"1\"}",
                "{\"builds\": [1], \"platform_id\": \"x\"}",
                "{\"builds\": [1], \"colour\": 1}",
                "[",
                "null"
            })
    void refusesABodyThatIsNoRequest(String body) {
        int status = dock.api().post("/api/v1/releases/new/", body).status();

        assertThat(status).isIn(400, 422);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"builds\": [], \"platform\": \"%s\"}",
                "{\"builds\": [999999], \"platform\": \"%s\"}",
                "{\"builds\": [1], \"platform\": \"nowhere\"}",
                "{\"builds\": [1]}",
                "{\"builds\": [1], \"platform\": \"%s\", \"distribution\": \"nowhere\"}",
                "{\"builds\": [1], \"platform\": \"%s\", \"reference_platform_id\": 999999}"
            })
    void saysWhatIsWrongWithARequest(String body) {
        String platform = dock.platform("rpm", "x86_64");
        dock.distribution(platform);

        TestResponse answer = dock.api().post("/api/v1/releases/new/", body.formatted(platform));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("errors")).isNotEmpty();
    }

    @Test
    void refusesEditsThatAreNone() {
        Release release = stage().release();

        assertThat(dock.api().put(path(release), "{}").status()).isEqualTo(422);
        assertThat(dock.api().put(path(release), "{\"plan\": {}}").status()).isEqualTo(422);
        assertThat(dock.api()
                        .patch(path(release) + "plan", "{\"operations\": []}")
                        .status())
                .isEqualTo(422);
        assertThat(edit(
                                release,
                                Map.of(
                                        "op",
                                        "paint",
                                        "package_id",
                                        binary(release).pkg().id()))
                        .status())
                .isEqualTo(422);
    }
}
