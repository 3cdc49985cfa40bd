package dev.slipway.server.releases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.slipway.api.builds.Build;
import dev.slipway.api.releases.PlannedPackage;
import dev.slipway.api.releases.PlannedTarget;
import dev.slipway.api.releases.Release;
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

/** Plans of releases over HTTP: what can be asked for, how a plan is edited, found and read. */
final class ReleasePlansTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    private final Dock dock = new Dock(companion);
    private final String name = Farm.unique("tide");

    @Test
    void plansEachPackageIntoTheRepositoryOfItsArchitecture() {
        Dock.Stage stage = dock.stage(name);

        assertThat(stage.release().status()).isEqualTo(1);
        assertThat(stage.release().plan().packages())
                .extracting(
                        p -> p.pkg().nevra(),
                        p -> p.repositories().stream().map(PlannedTarget::arch).toList())
                .containsExactlyInAnyOrder(
                        tuple(name + "-1.0-1.src", List.of("src")), tuple(name + "-1.0-1.x86_64", List.of("x86_64")));
        assertThat(stage.release().plan().checks()).noneMatch(c -> c.state().equals("red"));
    }

    // acceptance case 80
    @Test
    void theSecondOfTwoEditorsIsToldTheCurrentRevision() {
        Release release = dock.stage(name).release();
        Map<String, Object> exclude =
                Map.of("op", "exclude", "package_id", Dock.binary(release).pkg().id());
        Map<String, Object> body = Map.of("operations", List.of(exclude), "revision", release.revision());
        Dock.ok(dock.api().patch(Dock.path(release) + "plan", body), 200);

        TestResponse second = dock.api().patch(Dock.path(release) + "plan", body);
        TestResponse tagged =
                dock.api().with("If-Match", "\"" + release.revision() + "\"").patch(Dock.path(release) + "plan", body);
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
        Dock.Stage stage = dock.stage(name);
        long packageId = Dock.binary(stage.release()).pkg().id();
        Dock.ok(dock.edit(stage.release(), Map.of("op", "exclude", "package_id", packageId)), 200);
        long other = dock.build(stage.platform(), Farm.unique("other"), "1.0");

        TestResponse changed =
                dock.api().put(Dock.path(stage.release()), Map.of("builds", List.of(stage.build(), other)));

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
        Release release = dock.stage(name).release();
        String plan = dock.api().get(Dock.path(release)).json().path("plan").toString();

        TestResponse same = dock.api().put(Dock.path(release), "{\"plan\": " + plan + "}");
        TestResponse changed = dock.api()
                .put(
                        Dock.path(release),
                        "{\"plan\": " + plan.replaceFirst("\"excluded\":false", "\"excluded\":true") + "}");

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
        Dock.Stage stage = dock.stage(name);
        long foreign = Dock.binary(dock.next(stage, name, "3.0")).pkg().id();

        TestResponse answer = dock.edit(stage.release(), Map.of("op", "exclude", "package_id", foreign));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("errors").get(0).path("pointer").asText()).isEqualTo("/operations/0/package_id");
    }

    // acceptance case 85
    @Test
    void aBuildForAnotherPlatformIsRefused() {
        Dock.Stage stage = dock.stage(name);
        String other = dock.platform("rpm", "x86_64");
        String distribution = dock.distribution(other);

        TestResponse answer =
                dock.api().post("/api/v1/releases/new/", Dock.request(other, distribution, stage.build()));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("detail").asText()).contains("was not made for platform " + other);
    }

    @Test
    void aBuildThatRunsIsRefused() {
        Dock.Stage stage = dock.stage(name);
        Build running = dock.farm().build(stage.platform(), name);

        TestResponse answer = dock.api()
                .post("/api/v1/releases/new/", Dock.request(stage.platform(), stage.distribution(), running.id()));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().path("detail").asText()).contains("still running");
    }

    // acceptance case 86
    @Test
    void buildTasksRestrictARelease() {
        Dock.Stage stage = dock.stage(name);
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
    void theSameKeyPlansOnce() {
        Dock.Stage stage = dock.stage(name);
        Map<String, Object> request = Dock.request(stage.platform(), stage.distribution(), stage.build());
        String key = Farm.unique("key");

        TestResponse first = dock.api().with("Idempotency-Key", key).post("/api/v1/releases/new/", request);
        TestResponse second = dock.api().with("Idempotency-Key", key).post("/api/v1/releases/new/", request);

        assertThat(second.json()).isEqualTo(first.json());
        assertThat(first.header("Location")).endsWith(Dock.path(first.as(Release.class)));
    }

    @Test
    void theChecksSayWhatACommitWouldChange() {
        Release release = dock.stage(name).release();

        ReleaseChecksReport report =
                dock.api().get(Dock.path(release) + "checks").as(ReleaseChecksReport.class);

        assertThat(report.blocked()).isFalse();
        assertThat(report.revision()).isEqualTo(release.revision());
        assertThat(report.differences()).hasSize(2);
        assertThat(report.checks()).extracting(c -> c.check()).contains("signature", "downgrade", "architectures");
    }

    @Test
    void listsReleasesByPageAndFilter() {
        Dock.Stage stage = dock.stage(name);
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
        Release release = dock.stage(name).release();
        String tag = dock.api().get(Dock.path(release)).header("ETag");

        assertThat(dock.api().with("If-None-Match", tag).get(Dock.path(release)).status())
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
        Release release = dock.stage(name).release();

        assertThat(dock.api().put(Dock.path(release), "{\"plan\": {}}").status())
                .isEqualTo(422);
        assertThat(dock.api()
                        .patch(Dock.path(release) + "plan", "{\"operations\": []}")
                        .status())
                .isEqualTo(422);
        assertThat(dock.edit(
                                release,
                                Map.of(
                                        "op",
                                        "paint",
                                        "package_id",
                                        Dock.binary(release).pkg().id()))
                        .status())
                .isEqualTo(422);
    }
}
