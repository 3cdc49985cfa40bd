package dev.slipway.server.releases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.api.releases.PlannedPackage;
import dev.slipway.api.releases.Release;
import dev.slipway.packages.fixtures.SampleKeys;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.Farm;
import dev.slipway.server.testing.TestResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Releases into a distribution with a key. */
final class SignedReleasesTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    private static SigningHand hand;

    private final Dock dock = new Dock(companion);
    private final String name = Farm.unique("tide");
    private String platform;
    private String distribution;
    private Map<String, String> before;

    @BeforeAll
    static void key() {
        hand = new SigningHand(companion, SampleKeys.rsa());
    }

    @BeforeEach
    void make() {
        platform = dock.platform("rpm", "x86_64");
        distribution = dock.distribution(Map.of("platforms", List.of(platform), "sign_key", hand.keyid()));
        dock.farm().run("channels.publish");
        hand.signAll();
        dock.awaitServed(distribution);
        before = dock.served(distribution);
    }

    private long signedBuild(String version) {
        long build = dock.build(platform, name, version);
        sign(build);
        return build;
    }

    private void sign(long build) {
        Dock.ok(
                dock.api().post("/api/v1/sign-tasks/", Map.of("build_id", build, "sign_key_id", hand.keyRecord())),
                201);
        assertThat(hand.signAll()).isPositive();
    }

    private Release waiting(Release release) {
        Dock.ok(dock.order(release.id(), "commit"), 202);
        return await().atMost(Dock.PATIENCE).until(() -> dock.get(release.id()), r -> "signing".equals(r.phase()));
    }

    // acceptance case 87
    @Test
    void unsignedPackagesStandInTheWay() {
        Release release = dock.plan(platform, distribution, dock.build(platform, name, "1.0"));

        TestResponse answer = dock.order(release.id(), "commit");

        assertThat(Dock.red(release, "signature").message()).contains("is not signed", hand.keyid());
        assertThat(Dock.red(release, "signature").forceable()).isFalse();
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.problem()).isEqualTo("release-blocked");
    }

    @Test
    void aPlanMadeBeforeTheSigningHasToBeMadeAnew() {
        long build = dock.build(platform, name, "1.0");
        Release release = dock.plan(platform, distribution, build);
        PlannedPackage forced = release.plan().packages().get(0);
        Dock.ok(
                dock.api()
                        .patch(
                                "/api/v1/releases/" + release.id() + "/plan",
                                Map.of(
                                        "operations",
                                        List.of(Map.of(
                                                "op",
                                                "force",
                                                "package_id",
                                                forced.pkg().id(),
                                                "reason",
                                                "why not")))),
                200);
        sign(build);

        TestResponse stale = dock.order(release.id(), "commit");
        TestResponse anew = dock.api().put("/api/v1/releases/" + release.id() + "/", Map.of("builds", List.of(build)));

        assertThat(stale.status()).isEqualTo(409);
        assertThat(stale.json().path("detail").asText()).contains("have the plan made anew");
        Dock.ok(anew, 200);
        assertThat(anew.as(Release.class).plan().checks())
                .noneMatch(c -> c.state().equals("red"));
        assertThat(anew.as(Release.class).plan().packages())
                .filteredOn(p -> "why not".equals(p.force()))
                .extracting(p -> p.pkg().nevra())
                .containsExactly(forced.pkg().nevra());
    }

    @Test
    void showsNothingBeforeAllMetadataIsSigned() {
        Release release = dock.plan(platform, distribution, signedBuild("1.0"));

        waiting(release);
        assertThat(dock.served(distribution)).isEqualTo(before);
        hand.signAll();
        Release ended = dock.ended(release.id());

        assertThat(ended.status()).as(ended.error()).isEqualTo(3);
        assertThat(dock.content(distribution, platform, "x86_64")).containsExactly(name + "-1.0-1.x86_64");
        assertThat(dock.served(distribution)).isNotEqualTo(before);
        TestResponse signature = companion
                .anonymous()
                .get("/repos/" + distribution + "/" + platform + "/x86_64/repodata/repomd.xml.asc");
        assertThat(signature.text()).startsWith("-----BEGIN PGP SIGNATURE-----");

        Dock.ok(dock.order(release.id(), "revert"), 200);
        assertThat(dock.served(distribution)).isEqualTo(before);
    }

    @Test
    void commitsToOnePlatformComeOneAfterTheOther() {
        Release first = dock.plan(platform, distribution, signedBuild("1.0"));
        Release second = dock.plan(platform, distribution, signedBuild("2.0"));
        waiting(first);

        TestResponse busy = dock.order(second.id(), "commit");
        TestResponse again = dock.order(first.id(), "commit");

        assertThat(busy.status()).isEqualTo(409);
        assertThat(busy.json().path("release_id").asLong()).isEqualTo(first.id());
        assertThat(again.status()).isEqualTo(202);
        assertThat(dock.api().delete("/api/v1/releases/" + first.id() + "/").status())
                .isEqualTo(409);
        hand.signAll();
        assertThat(dock.ended(first.id()).status()).isEqualTo(3);
    }

    @Test
    void aCommitThatWaitsCanBeStopped() {
        Release release = dock.plan(platform, distribution, signedBuild("1.0"));
        waiting(release);

        Dock.ok(dock.order(release.id(), "revert"), 200);
        hand.signAll();
        dock.farm().run("releases.commit");

        assertThat(dock.get(release.id()).status()).isEqualTo(4);
        assertThat(dock.get(release.id()).error()).isEqualTo("stopped by admin");
        assertThat(dock.served(distribution)).isEqualTo(before);
        Dock.ok(dock.order(release.id(), "commit"), 202);
        await().atMost(Dock.PATIENCE).until(() -> {
            hand.signAll();
            return dock.get(release.id()).status() == 3;
        });
    }

    @Test
    void saysWhoseSignatureACommitWaitsFor() {
        Release release = waiting(dock.plan(platform, distribution, signedBuild("1.0")));

        assertThat(release.stateReason())
                .isEqualTo("waits for a worker that signs its metadata with the key " + hand.name() + " ("
                        + hand.keyid() + ")");
        hand.signAll();
        assertThat(dock.ended(release.id()).stateReason()).isNull();
    }

    @Test
    void aCommitThatNobodySignsForEndsAndCanBeTakenUpAgain() {
        Release release = waiting(dock.plan(platform, distribution, signedBuild("1.0")));
        companion.clock().advance(Duration.ofMinutes(59));
        dock.farm().run("releases.commit");
        assertThat(dock.get(release.id()).phase()).isEqualTo("signing");

        companion.clock().advance(Duration.ofMinutes(2));
        dock.farm().run("releases.commit");

        assertThat(dock.get(release.id()).status()).isEqualTo(4);
        assertThat(dock.get(release.id()).stateReason())
                .isEqualTo("nobody signed its metadata with the key " + hand.name() + " (" + hand.keyid()
                        + ") within 60 minutes: start a worker that holds the key, then commit the release again");
        assertThat(dock.served(distribution)).isEqualTo(before);

        Dock.ok(dock.order(release.id(), "commit"), 202);
        await().atMost(Dock.PATIENCE).until(() -> {
            hand.signAll();
            return dock.get(release.id()).status() == 3;
        });
        assertThat(dock.content(distribution, platform, "x86_64")).containsExactly(name + "-1.0-1.x86_64");
    }

    // acceptance case 76
    @Test
    void nothingIsSeenWhenASignatureIsRefused() {
        Release release = dock.plan(platform, distribution, signedBuild("1.0"));
        waiting(release);

        hand.refuseAll("the card was taken out");
        Release ended = dock.ended(release.id());

        assertThat(ended.status()).isEqualTo(4);
        assertThat(ended.error()).contains("the card was taken out").doesNotContain("\n");
        assertThat(dock.served(distribution)).isEqualTo(before);
        assertThat(dock.content(distribution, platform, "x86_64")).isEmpty();
    }

    @Test
    void takesInWhatOthersChangedWhileItWaited() {
        Release release = dock.plan(platform, distribution, signedBuild("1.0"));
        long other = signedBuild("2.0");
        waiting(release);
        Dock.ok(dock.api().send("POST", "/api/v1/distributions/add/" + other + "/" + distribution + "/", null), 200);

        await().atMost(Dock.PATIENCE).until(() -> {
            hand.signAll();
            return dock.get(release.id()).status() != 2;
        });

        // by now 1.0 is older than what is published
        assertThat(dock.get(release.id()).status()).isEqualTo(4);
        assertThat(dock.get(release.id()).error()).contains("downgrade");
        assertThat(dock.content(distribution, platform, "x86_64")).containsExactly(name + "-2.0-1.x86_64");
    }
}
