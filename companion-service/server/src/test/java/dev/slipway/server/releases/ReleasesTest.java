package dev.slipway.server.releases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.slipway.api.releases.PlannedPackage;
import dev.slipway.api.releases.Release;
import dev.slipway.api.releases.ReleaseAnswer;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.Farm;
import dev.slipway.server.testing.TestApi;
import dev.slipway.server.testing.TestResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Releases over HTTP, into a distribution without a key: what is committed, undone and kept. */
final class ReleasesTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    private final Dock dock = new Dock(companion);
    private final String name = Farm.unique("tide");

    @Test
    void showsThePlannersAddressToThePlannerAndThoseWhoManageUsersAlone() {
        String path = Dock.path(dock.stage(name).release());
        companion.value("update app_user set email = 'planner@example.org' where id = (select owner_id from release"
                + " order by id desc limit 1) returning id");
        TestApi reader = companion.as("reader", "releases:read");

        assertThat(dock.api().get(path).json().at("/created_by/email").asText()).isEqualTo("planner@example.org");
        assertThat(reader.get(path).json().at("/created_by/email").asText()).isEmpty();
        assertThat(reader.get("/api/v1/releases/").text()).doesNotContain("planner@example.org");
        assertThat(reader.get("/api/v1/releases/?page_number=1").text()).doesNotContain("planner@example.org");
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
        Dock.Stage stage = dock.stage(name);
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
        assertThat(planned.as(Release.class).differences())
                .isEqualTo(answer.as(ReleaseAnswer.class).differences());
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
        Dock.Stage stage = dock.stage(name);
        Map<String, String> empty = dock.served(stage.distribution());
        dock.released(stage.release().id());
        Map<String, String> first = dock.served(stage.distribution());
        Release second = dock.next(stage, name, "2.0");
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
        Dock.Stage stage = dock.stage(name);
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
        Release release = dock.stage(name).release();

        TestResponse answer = dock.order(release.id(), "revert");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().path("release_status").asInt()).isEqualTo(1);
        assertThat(dock.get(release.id()).status()).isEqualTo(1);
    }

    // acceptance case 84
    @Test
    void whatOthersChangedSinceIsNotUndone() {
        Dock.Stage stage = dock.stage(name);
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
        Dock.Stage stage = dock.stage(name);
        dock.released(dock.next(stage, name, "2.0").id());

        TestResponse blocked = dock.order(stage.release().id(), "commit");
        assertThat(blocked.status()).isEqualTo(409);
        assertThat(blocked.problem()).isEqualTo("release-blocked");
        assertThat(blocked.json().path("checks").get(0).path("check").asText()).isEqualTo("downgrade");
        assertThat(dock.get(stage.release().id()).status()).isEqualTo(1);

        assertThat(dock.edit(
                                stage.release(),
                                Map.of(
                                        "op",
                                        "force",
                                        "package_id",
                                        Dock.binary(stage.release()).pkg().id()))
                        .status())
                .isEqualTo(422);
        for (PlannedPackage each : stage.release().plan().packages()) {
            Dock.ok(
                    dock.edit(
                            stage.release(),
                            Map.of("op", "force", "package_id", each.pkg().id(), "reason", "2.0 loses data")),
                    200);
        }
        dock.released(stage.release().id());
        assertThat(companion.value("select after_state::text from audit_event where action = 'commit' and object_kind ="
                        + " 'release' and object_id = '" + stage.release().id() + "'"))
                .contains("2.0 loses data");
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
    void anOrderThatComesTooLateIsToldTheStatusInAMemberOfItsOwn() {
        Dock.Stage stage = dock.stage(name);
        dock.released(stage.release().id());

        TestResponse again = dock.order(stage.release().id(), "commit");

        assertThat(again.json().path("status").asInt()).isEqualTo(409);
        assertThat(again.json().path("release_status").asInt()).isEqualTo(3);
    }

    @Test
    void aReleasedBuildAndItsReleaseCannotBeRemoved() {
        Dock.Stage stage = dock.stage(name);
        dock.released(stage.release().id());

        assertThat(dock.api().delete(Dock.path(stage.release())).status()).isEqualTo(409);
        assertThat(dock.api()
                        .delete("/api/v1/builds/" + stage.build() + "/remove")
                        .status())
                .isEqualTo(409);
        assertThat(dock.order(stage.release().id(), "commit").status()).isEqualTo(409);
        assertThat(dock.edit(
                                stage.release(),
                                Map.of(
                                        "op",
                                        "exclude",
                                        "package_id",
                                        Dock.binary(stage.release()).pkg().id()))
                        .status())
                .isEqualTo(409);

        Dock.ok(dock.order(stage.release().id(), "revert"), 200);
        assertThat(dock.order(stage.release().id(), "revert").status()).isEqualTo(409);
        Dock.ok(dock.api().delete(Dock.path(stage.release())), 204);
    }

    @Test
    void aPlanWithEverythingExcludedIsNotCommitted() {
        Release release = dock.stage(name).release();
        for (PlannedPackage each : release.plan().packages()) {
            Dock.ok(
                    dock.edit(
                            release,
                            Map.of("op", "exclude", "package_id", each.pkg().id())),
                    200);
        }

        assertThat(dock.order(release.id(), "commit").status()).isEqualTo(409);
    }

    // acceptance case 82
    @Test
    void theSameBytesAgainChangeNothing() {
        Dock.Stage stage = dock.stage(name);
        dock.released(stage.release().id());
        Map<String, String> before = dock.served(stage.distribution());

        Release again = dock.plan(stage.platform(), stage.distribution(), stage.build());
        dock.released(again.id());

        assertThat(dock.served(stage.distribution())).isEqualTo(before);
        assertThat(companion.value("select count(*) from release_target where release_id = " + again.id()))
                .isEqualTo("0");
    }
}
