package dev.slipway.server.releases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.api.identity.Role;
import dev.slipway.api.releases.Release;
import dev.slipway.packages.fixtures.Gpg;
import dev.slipway.packages.fixtures.SampleKey;
import dev.slipway.packages.fixtures.SampleKeys;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.Farm;
import dev.slipway.server.testing.TestResponse;
import dev.slipway.server.testing.TestWorker;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Releases of Debian packages into a distribution with a key. */
// acceptance case 96
final class SignedDebReleasesTest {
    private static final SampleKey KEY = SampleKeys.rsa();

    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    private static SigningHand hand;

    private final Dock dock = new Dock(companion);
    private final String name = Farm.unique("buoy");
    private String platform;
    private String distribution;
    private Map<String, String> before;

    @BeforeAll
    static void key() {
        hand = new SigningHand(companion, KEY);
    }

    @BeforeEach
    void make() {
        platform = dock.platform("deb", "amd64");
        distribution = dock.distribution(Map.of("platforms", List.of(platform), "sign_key", hand.keyid()));
        dock.farm().run("channels.publish");
        hand.signAll();
        dock.awaitServed(distribution);
        before = dock.served(distribution);
    }

    private long build() {
        dock.farm().clear();
        TestWorker worker = dock.farm().worker("src", "amd64");
        return dock.farm().built(worker, platform, name).id();
    }

    private long signedBuild() {
        long build = build();
        Dock.ok(
                dock.api().post("/api/v1/sign-tasks/", Map.of("build_id", build, "sign_key_id", hand.keyRecord())),
                201);
        assertThat(hand.signAll()).isPositive();
        return build;
    }

    private Release waiting(Release release) {
        Dock.ok(dock.order(release.id(), "commit"), 202);
        return await().atMost(Dock.PATIENCE).until(() -> dock.get(release.id()), r -> "signing".equals(r.phase()));
    }

    private TestResponse served(String file) {
        return companion.anonymous().get("/repos/" + distribution + "/" + platform + "/dists/" + platform + "/" + file);
    }

    private String packages() throws IOException {
        TestResponse index = served("main/binary-amd64/Packages.gz");
        Dock.ok(index, 200);
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(index.bytes()))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void packagesWhoseChangesAreUnsignedStandInTheWay() {
        Release release = dock.plan(platform, distribution, build());

        assertThat(Dock.red(release, "signature").message()).contains("is not signed", hand.keyid());
        assertThat(dock.order(release.id(), "commit").problem()).isEqualTo("release-blocked");
    }

    @Test
    void nothingIsSeenBeforeTheIndexIsSigned() throws IOException {
        waiting(dock.plan(platform, distribution, signedBuild()));

        assertThat(dock.served(distribution)).isEqualTo(before);
        assertThat(packages()).doesNotContain(name);
    }

    @Test
    void gpgvAcceptsWhatWasReleased() throws IOException {
        Release release = waiting(dock.plan(platform, distribution, signedBuild()));
        hand.signAll();
        Release ended = dock.ended(release.id());

        assertThat(ended.status()).as(ended.error()).isEqualTo(3);
        assertThat(packages()).contains("Package: " + name + "\n");
        assertGood(served("InRelease").bytes());
        byte[] index = served("Release").bytes(); // clients read it first, and get the signature that belongs to it
        assertGood(served("Release.gpg").bytes(), index);
    }

    @Test
    void theUndoBringsBackTheFormerSignedIndex() {
        byte[] former = served("InRelease").bytes();
        Release release = waiting(dock.plan(platform, distribution, signedBuild()));
        hand.signAll();
        assertThat(dock.ended(release.id()).status()).isEqualTo(3);
        assertThat(served("InRelease").bytes()).isNotEqualTo(former);

        Dock.ok(dock.order(release.id(), "revert"), 200);

        assertThat(served("InRelease").bytes()).isEqualTo(former);
    }

    @Test
    void aSignatureThatIsRefusedLeavesEverythingAsItWas() {
        Release release = waiting(dock.plan(platform, distribution, signedBuild()));

        hand.refuseAll("the card was taken out");

        assertThat(dock.ended(release.id()).stateReason()).contains("the card was taken out");
        assertThat(dock.served(distribution)).isEqualTo(before);
    }

    @Test
    void onlyAReleaserMayCommit() {
        Release release = dock.plan(platform, distribution, signedBuild());

        TestResponse refused = companion
                .as(Farm.unique("builder"), Role.BUILDER)
                .send("POST", "/api/v1/releases/" + release.id() + "/commit/", null);

        assertThat(refused.status()).isEqualTo(403);
        assertThat(dock.get(release.id()).status()).isEqualTo(1);
    }

    private static void assertGood(byte[]... files) {
        try (Gpg gpg = new Gpg()) {
            Path[] written = new Path[files.length];
            for (int i = 0; i < files.length; i++) {
                written[i] = gpg.write(files[i]);
            }
            var verified = gpg.gpgv(KEY.certificate().armored().getBytes(StandardCharsets.US_ASCII), written);
            assertThat(verified.exit()).as(verified.stderr()).isZero();
        }
    }
}
