package dev.slipway.server.signing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.builds.Build;
import dev.slipway.api.builds.BuildTask;
import dev.slipway.api.signing.PayloadSignature;
import dev.slipway.api.tasks.Artifact;
import dev.slipway.api.tasks.ClaimedTask;
import dev.slipway.api.tasks.ReportedArtifact;
import dev.slipway.packages.fixtures.Dnf;
import dev.slipway.packages.fixtures.Gpg;
import dev.slipway.packages.fixtures.RpmKeys;
import dev.slipway.packages.fixtures.SampleKey;
import dev.slipway.packages.fixtures.SampleKeys;
import dev.slipway.packages.fixtures.Sha256;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.Farm;
import dev.slipway.server.testing.TestResponse;
import dev.slipway.server.testing.TestSigner;
import dev.slipway.server.testing.TestWorker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a build that is signed, as those who install from it see it. */
final class SignedBuildsTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    private static final String RPM = "Packages/s/sounding-1.0-1.x86_64.rpm";

    private final Farm farm = new Farm(companion);
    private TestWorker worker;

    @TempDir
    Path directory;

    @BeforeEach
    void worker() {
        farm.clear();
        worker = farm.worker("src", "x86_64", "amd64");
    }

    static Stream<Named<Supplier<SampleKey>>> keys() {
        return Stream.of(
                Named.of("RSA", SampleKeys::rsa),
                Named.of("Ed25519", SampleKeys::ed25519),
                Named.of("a signing subkey", SampleKeys::freshWithSubkey));
    }

    private Build rpms() {
        return farm.built(worker, farm.platform("rpm", "x86_64"), "sounding");
    }

    private Build debs() {
        return farm.built(worker, farm.platform("deb", "amd64"), "sounding");
    }

    private void ask(Build build, long keyId) {
        TestResponse asked =
                companion.admin().post("/api/v1/sign-tasks/", Map.of("build_id", build.id(), "sign_key_id", keyId));
        assertThat(asked.status()).as(asked.toString()).isEqualTo(201);
    }

    private void sign(Build build, SampleKey key) {
        ask(build, farm.signKey(key));
        farm.signer(key).signNext();
    }

    private Artifact artifact(Build build, String ending) {
        return farm.get(build.id()).tasks().stream()
                .map(BuildTask::artifacts)
                .flatMap(List::stream)
                .filter(artifact -> artifact.name().endsWith(ending))
                .findFirst()
                .orElseThrow();
    }

    private static String repository(Build build, String arch) {
        String url = build.repositories().stream()
                .filter(each -> each.arch().equals(arch) && !each.debug())
                .findFirst()
                .orElseThrow()
                .url();
        return url.substring(companion.url().toString().length());
    }

    private Path served(Build build) throws IOException {
        byte[] bytes =
                companion.anonymous().get(repository(build, "x86_64") + RPM).bytes();
        return Files.write(directory.resolve("served.rpm"), bytes);
    }

    @ParameterizedTest
    @MethodSource("keys")
    void rpmkeysAcceptsTheSignedPackageOfTheBuildsRepository(Supplier<SampleKey> kind) throws IOException {
        SampleKey key = kind.get();
        Build build = rpms();

        sign(build, key);

        var check = new RpmKeys(directory, key.certificate().armored()).check(served(build));
        assertThat(check.text()).contains("Signature, key ID");
        assertThat(check.exit()).as(check.text()).isZero();
    }

    // an unsigned package passes rpmkeys' plain check, so the strict one has to tell the difference
    @Test
    void rpmkeysRefusesThePackageBeforeItIsSigned() throws IOException {
        Build build = rpms();

        assertThat(new RpmKeys(directory, SampleKeys.rsa().certificate().armored())
                        .check(served(build))
                        .exit())
                .isNotZero();
    }

    @Test
    void theRepositorysMetadataNamesTheSignedPackage() throws IOException {
        SampleKey key = SampleKeys.fresh();
        Build build = rpms();
        sign(build, key);

        var listed = new Dnf(directory)
                .repository("build", companion.url() + repository(build, "x86_64"))
                .command("download", "--destdir", directory.resolve("got"), "sounding")
                .exec();

        assertThat(listed.exit()).as(listed.stderr()).isZero();
        assertThat(new RpmKeys(directory, key.certificate().armored())
                        .check(directory.resolve("got/sounding-1.0-1.x86_64.rpm"))
                        .exit())
                .isZero();
    }

    @Test
    void theBuildAndItsArtifactsAreTheSignedOnes() throws IOException {
        Build build = rpms();
        Artifact before = artifact(build, "x86_64.rpm");

        sign(build, SampleKeys.fresh());

        assertThat(build.signed()).isFalse();
        assertThat(farm.get(build.id()).signed()).isTrue();
        Artifact after = artifact(build, "x86_64.rpm");
        assertThat(after.sha256()).isNotEqualTo(before.sha256());
        assertThat(after.sha256()).isEqualTo(Sha256.hex(Files.readAllBytes(served(build))));
    }

    @Test
    void aSourcePackageIsSignedToo() throws IOException {
        SampleKey key = SampleKeys.fresh();
        Build build = rpms();
        sign(build, key);

        byte[] source = companion
                .anonymous()
                .get(repository(build, "src") + "Packages/s/sounding-1.0-1.src.rpm")
                .bytes();

        assertThat(new RpmKeys(directory, key.certificate().armored())
                        .check(Files.write(directory.resolve("s.rpm"), source))
                        .exit())
                .isZero();
    }

    @Test
    void nothingIsSeenOfSignaturesBeforeTheTaskIsReported() throws IOException {
        SampleKey key = SampleKeys.fresh();
        Build build = rpms();
        byte[] before = Files.readAllBytes(served(build));
        ask(build, farm.signKey(key));
        TestSigner signer = farm.signer(key);
        ClaimedTask task = signer.claim();

        signer.submit(task, signer.signatures(task));

        assertThat(Files.readAllBytes(served(build))).isEqualTo(before);
        assertThat(farm.get(build.id()).signed()).isFalse();
    }

    @Test
    void theSameReportTwiceMakesOneSignedPackage() {
        SampleKey key = SampleKeys.fresh();
        Build build = rpms();
        ask(build, farm.signKey(key));
        TestSigner signer = farm.signer(key);
        ClaimedTask task = signer.claim();
        signer.submit(task, signer.signatures(task));

        TestResponse first = signer.report(task, "succeeded", null);
        TestResponse second = signer.report(task, "succeeded", null);

        assertThat(second.status()).isEqualTo(200);
        assertThat(second.json()).isEqualTo(first.json());
        assertThat(signedCopies(key)).isEqualTo("2");
    }

    private static String signedCopies(SampleKey key) {
        return companion.value("select count(*) from package_signature s join sign_key k on k.id = s.sign_key_id"
                + " where k.keyid = '" + key.certificate().keyId() + "'");
    }

    // acceptance case 61
    @Test
    void aSignedBuildIsNotSignedWithTheSameKeyAgain() {
        SampleKey key = SampleKeys.fresh();
        Build build = rpms();
        long keyId = farm.signKey(key);
        ask(build, keyId);
        farm.signer(key).signNext();

        TestResponse again =
                companion.admin().post("/api/v1/sign-tasks/", Map.of("build_id", build.id(), "sign_key_id", keyId));

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.json().path("detail").asText()).contains("signed with key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rpm", "deb"})
    void aBuildThatMadeTheSamePackagesAgainIsSignedAgain(String format) {
        SampleKey key = SampleKeys.fresh();
        long keyId = farm.signKey(key);
        Build first = format.equals("rpm") ? rpms() : debs();
        ask(first, keyId);
        farm.signer(key).signNext();
        Build second = format.equals("rpm") ? rpms() : debs();

        ask(second, keyId);
        farm.signer(key).signNext();

        assertThat(farm.get(second.id()).signed()).isTrue();
    }

    // acceptance case 64
    @Test
    void whatADeadSignerHandedInIsKeptAndAnotherDoesTheRest() {
        SampleKey key = SampleKeys.fresh();
        Build build = rpms();
        ask(build, farm.signKey(key));
        TestSigner dead = farm.signer(key);
        ClaimedTask lost = dead.claim();
        List<PayloadSignature> signatures = dead.signatures(lost);
        dead.submit(lost, signatures.subList(0, 1));
        companion.clock().advance(Duration.ofMinutes(5));
        farm.run("tasks.reap");

        TestSigner next = farm.signer(key);
        ClaimedTask task = next.claim();

        assertThat(task.id()).isEqualTo(lost.id());
        assertThat(next.payloads(task)).hasSize(1);
        assertThat(dead.submit(lost, signatures).problem()).isEqualTo("lease-lost");
        next.submit(task, next.signatures(task));
        next.report(task, "succeeded", null);
        assertThat(farm.get(build.id()).signed()).isTrue();
        assertThat(signedCopies(key)).isEqualTo("2");
    }

    // acceptance case 65
    @Test
    void anOldBuildKeepsItsSignatureWhenItsKeyIsArchived() throws IOException {
        SampleKey old = SampleKeys.fresh();
        Build build = rpms();
        long keyId = farm.signKey(old);
        ask(build, keyId);
        farm.signer(old).signNext();

        companion.admin().put("/api/v1/sign-keys/" + keyId, Map.of("archived", true));

        assertThat(farm.get(build.id()).signed()).isTrue();
        assertThat(new RpmKeys(directory, old.certificate().armored())
                        .check(served(build))
                        .exit())
                .isZero();
    }

    @Test
    void aSecondKeysSignatureTakesThePlaceOfTheFirst() throws IOException {
        Build build = rpms();
        sign(build, SampleKeys.fresh());
        SampleKey second = SampleKeys.fresh();

        sign(build, second);

        assertThat(new RpmKeys(directory, second.certificate().armored())
                        .check(served(build))
                        .exit())
                .isZero();
    }

    @Test
    void gpgvAcceptsTheSignedChanges() {
        SampleKey key = SampleKeys.fresh();
        Build build = debs();

        sign(build, key);

        byte[] changes = companion
                .admin()
                .get("/api/v1/blobs/sha256/" + artifact(build, ".changes").sha256())
                .bytes();
        try (Gpg gpg = new Gpg()) {
            var verified =
                    gpg.gpgv(key.certificate().armored().getBytes(StandardCharsets.US_ASCII), gpg.write(changes));
            assertThat(verified.exit()).as(verified.stderr()).isZero();
        }
    }

    @Test
    void aDebianBuildIsSignedByItsChangesAndItsPackagesStayAsTheyAre() {
        Build build = debs();
        Artifact before = artifact(build, ".deb");

        sign(build, SampleKeys.fresh());

        assertThat(farm.get(build.id()).signed()).isTrue();
        assertThat(artifact(build, ".deb").sha256()).isEqualTo(before.sha256());
        assertThat(companion.value("select string_agg(distinct means, ',') from package_signature where package_id = "
                        + before.packageId()))
                .isEqualTo("changes");
    }

    // acceptance case 96
    @Test
    void aDebianPackageThatNoChangesNameIsNotSigned() {
        Build build = farm.build(farm.platform("deb", "amd64"), "sounding");
        worker.succeed(worker.claim(), "sounding");
        ClaimedTask binary = worker.claim();
        worker.report(
                binary,
                "succeeded",
                worker.results(binary, "sounding").stream()
                        .filter(file -> file.type().equals("deb"))
                        .toArray(ReportedArtifact[]::new));

        TestResponse asked = companion
                .admin()
                .post(
                        "/api/v1/sign-tasks/",
                        Map.of("build_id", build.id(), "sign_key_id", farm.signKey(SampleKeys.fresh())));

        assertThat(asked.status()).isEqualTo(409);
        assertThat(asked.json().path("detail").asText()).contains("sounding_1.0-1_amd64.deb", ".changes");
    }

    @Test
    void aSignedBuildIsAnnouncedOnce() {
        Build build = rpms();

        sign(build, SampleKeys.fresh());

        assertThat(companion.value(
                        "select count(*) from outbox_event where type = 'build.signed' and subject_id = " + build.id()))
                .isEqualTo("1");
    }
}
