package dev.slipway.server.releases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.identity.Role;
import dev.slipway.api.releases.Release;
import dev.slipway.api.releases.ReleaseAnswer;
import dev.slipway.api.releases.ReleaseApproval;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.Farm;
import dev.slipway.server.testing.TestApi;
import dev.slipway.server.testing.TestResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Releases into a distribution that asks for the approval of a second person. */
final class ApprovalTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    private static Dock dock;
    private static String platform;
    private static String distribution;
    private static TestApi ada;
    private static TestApi grace;

    @BeforeAll
    static void prepare() {
        dock = new Dock(companion);
        platform = dock.platform("rpm", "x86_64");
        distribution = dock.distribution(Map.of("platforms", List.of(platform), "approval", "second-person"));
        ada = companion.granted("ada", Role.RELEASER, distribution);
        grace = companion.granted("grace", Role.RELEASER, distribution);
    }

    private static Release plan() {
        long build = dock.build(platform, Farm.unique("buoy"), "1.0");
        TestResponse made = ada.post("/api/v1/releases/new/", Dock.request(platform, distribution, build));
        Dock.ok(made, 200);
        return made.as(Release.class);
    }

    private static ReleaseApproval approval(Release release) {
        return Objects.requireNonNull(release.approval());
    }

    private static TestResponse order(TestApi who, Release release, String what) {
        return who.send("POST", "/api/v1/releases/" + release.id() + "/" + what, null);
    }

    private static TestResponse exclude(TestApi who, Release release) {
        long first = release.plan().packages().get(0).pkg().id();
        return who.patch(
                "/api/v1/releases/" + release.id() + "/plan",
                Map.of("operations", List.of(Map.of("op", "exclude", "package_id", first, "reason", "not yet"))));
    }

    @Test
    void areNotCommittedBeforeIt() {
        Release release = plan();

        TestResponse answer = order(ada, release, "commit/");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.problem()).isEqualTo("release-unapproved");
        assertThat(answer.text()).contains("was planned by ada and waits for approval", "slipway release approve");
        assertThat(dock.get(release.id()).status()).isEqualTo(1);
    }

    @Test
    void areCommittedAfterIt() {
        Release release = plan();

        TestResponse approved = order(grace, release, "approve/");
        TestResponse committed = order(ada, release, "commit/");

        Dock.ok(approved, 200);
        assertThat(approval(approved.as(Release.class)).by()).isEqualTo("grace");
        Dock.ok(committed, 202);
        assertThat(dock.ended(release.id()).status()).isEqualTo(3);
    }

    @Test
    void areNotApprovedByWhoPlannedThem() {
        Release release = plan();

        TestResponse answer = order(ada, release, "approve");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text()).contains("somebody else has to approve it");
        assertThat(approval(dock.get(release.id())).missing()).isTrue();
    }

    @Test
    void areNotApprovedByWhoWroteTheirPlanLast() {
        Release release = plan();
        Dock.ok(exclude(grace, release), 200);

        assertThat(order(grace, release, "approve").status()).isEqualTo(403);
    }

    @Test
    void areNotApprovedByWhoHasTheRoleElsewhere() {
        Release release = plan();
        String other = dock.distribution(platform);
        TestApi stranger = companion.granted("stranger", Role.RELEASER, other);

        TestResponse answer = order(stranger, release, "approve");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text()).contains("may not do this to distribution " + distribution);
    }

    @Test
    void loseItWhenTheirPlanIsEdited() {
        Release release = plan();
        Dock.ok(order(grace, release, "approve"), 200);

        Release edited = exclude(ada, release).as(Release.class);

        assertThat(approval(edited).missing()).isTrue();
        assertThat(order(ada, release, "commit").problem()).isEqualTo("release-unapproved");
    }

    @Test
    void keepItWhenItIsGivenTwice() {
        Release release = plan();
        order(grace, release, "approve");

        TestResponse again = order(grace, release, "approve");

        Dock.ok(again, 200);
        assertThat(companion.value("select count(*) from audit_event where action = 'approve' and object_id = '"
                        + release.id() + "'"))
                .isEqualTo("1");
    }

    @Test
    void areNotApprovedUnderAPlanThatTheCallerHasNotSeen() {
        Release release = plan();
        exclude(ada, release);

        TestResponse byHash = order(grace, release, "approve?plan_hash=" + release.planHash());
        TestResponse byTag = order(grace.with("If-Match", "\"0\""), release, "approve");

        assertThat(byHash.status()).isEqualTo(409);
        assertThat(byTag.status()).isEqualTo(412);
        assertThat(approval(dock.get(release.id())).missing()).isTrue();
    }

    @Test
    void sayInADryRunThatTheyWaitForIt() {
        Release release = plan();

        TestResponse answer = order(ada, release, "commit?dry_run=true");

        assertThat(answer.as(ReleaseAnswer.class).message()).contains("waits for approval");
    }

    @Test
    void areNotApprovedOnceTheyAreOver() {
        Release release = plan();
        order(grace, release, "approve");
        order(ada, release, "commit");
        dock.ended(release.id());

        assertThat(order(grace, release, "approve").status()).isEqualTo(409);
    }

    @Test
    void needNoneWhereTheDistributionAsksForNone() {
        String free = dock.distribution(platform);
        Release release = dock.plan(platform, free, dock.build(platform, Farm.unique("buoy"), "1.0"));

        assertThat(approval(release).required()).isFalse();
        assertThat(dock.released(release.id()).status()).isEqualTo(3);
    }

    @Test
    void needItOnceTheDistributionAsksForIt() {
        String changing = dock.distribution(platform);
        Release release = dock.plan(platform, changing, dock.build(platform, Farm.unique("buoy"), "1.0"));

        TestResponse changed = dock.api()
                .with("If-Match", "\"0\"")
                .patch("/api/v1/distributions/" + changing, Map.of("approval", "second-person"));

        Dock.ok(changed, 200);
        assertThat(changed.json().path("approval").asText()).isEqualTo("second-person");
        assertThat(dock.order(release.id(), "commit").problem()).isEqualTo("release-unapproved");
    }

    @Test
    void cannotBeFreedOfItByThoseWhoRelease() {
        TestResponse answer = ada.patch("/api/v1/distributions/" + distribution, Map.of("approval", "none"));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(dock.api()
                        .get("/api/v1/distributions/" + distribution)
                        .json()
                        .path("approval")
                        .asText())
                .isEqualTo("second-person");
    }

    @Test
    void sayWhatIsWrongWithAChangeOfTheDistribution() {
        String path = "/api/v1/distributions/" + distribution;

        assertThat(dock.api().patch(path, Map.of("approval", "two")).status()).isEqualTo(422);
        assertThat(dock.api()
                        .patch(path, Map.of("approval", "none", "revision", 41))
                        .status())
                .isEqualTo(409);
        assertThat(dock.api()
                        .with("If-Match", "\"41\"")
                        .patch(path, Map.of("approval", "none"))
                        .status())
                .isEqualTo(412);
        assertThat(dock.api()
                        .patch("/api/v1/distributions/nowhere", Map.of("approval", "none"))
                        .status())
                .isEqualTo(404);
        assertThat(dock.api().get("/api/v1/distributions/nowhere").status()).isEqualTo(404);
        assertThat(dock.api()
                        .send("POST", "/api/v1/releases/999999/approve", null)
                        .status())
                .isEqualTo(404);
    }
}
