package dev.slipway.server.signing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.composes.Compose;
import dev.slipway.api.repositories.Repository;
import dev.slipway.api.repositories.RepositoryChange;
import dev.slipway.api.repositories.RepositoryRequest;
import dev.slipway.api.signing.PayloadSignature;
import dev.slipway.api.signing.SignPayload;
import dev.slipway.api.tasks.ClaimedTask;
import dev.slipway.packages.fixtures.Gpg;
import dev.slipway.packages.fixtures.SampleDebs;
import dev.slipway.packages.fixtures.SampleKey;
import dev.slipway.packages.fixtures.SampleKeys;
import dev.slipway.packages.fixtures.SampleRpms;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.Farm;
import dev.slipway.server.testing.Inside;
import dev.slipway.server.testing.TestResponse;
import dev.slipway.server.testing.TestSigner;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Repositories whose metadata a worker signs. Every test has a key and a repository of its own. */
final class MetadataSignTasksTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    private static final Farm farm = new Farm(companion);
    private static Inside inside;

    private final SampleKey key = SampleKeys.fresh();
    private final long keyId = farm.signKey(key);
    private final TestSigner signer = farm.signer(key);

    @BeforeAll
    static void open() {
        inside = Inside.of(companion);
    }

    @AfterAll
    static void close() {
        inside.close();
    }

    private Repository repository(String type, String arch) {
        String name = Farm.unique("signed");
        TestResponse made = companion
                .admin()
                .post(
                        "/api/v1/repositories/",
                        new RepositoryRequest(
                                name,
                                arch,
                                type,
                                null,
                                null,
                                null,
                                name,
                                null,
                                null,
                                null,
                                null,
                                key.certificate().keyId(),
                                null,
                                null,
                                null));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        farm.run("channels.publish");
        return made.as(Repository.class);
    }

    private static void add(Repository repository, Path file) {
        TestResponse changed = companion
                .admin()
                .patch(
                        "/api/v1/repositories/" + repository.id() + "/packages",
                        RepositoryChange.of(List.of(inside.ingest(file)), List.of()));
        assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
        farm.run("channels.publish");
    }

    private static TestResponse get(Repository repository, String path) {
        return companion.anonymous().get("/repos/" + repository.name() + "/" + path);
    }

    private void assertGood(byte[]... files) {
        try (Gpg gpg = new Gpg()) {
            Path[] written = new Path[files.length];
            for (int i = 0; i < files.length; i++) {
                written[i] = gpg.write(files[i]);
            }
            var verified = gpg.gpgv(key.certificate().armored().getBytes(StandardCharsets.US_ASCII), written);
            assertThat(verified.exit()).as(verified.stderr()).isZero();
        }
    }

    private static String publications(Repository repository, String what) {
        return companion.value("select string_agg(" + what
                + ", ' ' order by id) from publication where repository_id = " + repository.id());
    }

    @Test
    void nothingIsServedBeforeItIsSigned() {
        Repository repository = repository("rpm", "x86_64");

        assertThat(get(repository, "repodata/repomd.xml").status()).isEqualTo(404);
        assertThat(publications(repository, "state")).isEqualTo("signing");
    }

    @Test
    void gpgvAcceptsTheSignatureOfRepomd() {
        Repository repository = repository("rpm", "x86_64");

        signer.signNext();

        assertGood(
                get(repository, "repodata/repomd.xml.asc").bytes(),
                get(repository, "repodata/repomd.xml").bytes());
    }

    @Test
    void gpgvAcceptsInRelease() {
        Repository repository = repository("deb", "amd64");
        add(repository, SampleDebs.simple("sounding", "1.0-1", "amd64"));
        signer.signNext();
        signer.signNext();

        assertGood(get(repository, "dists/stable/InRelease").bytes());
    }

    @Test
    void gpgvAcceptsTheSignatureBesideRelease() {
        Repository repository = repository("deb", "amd64");
        signer.signNext();

        assertGood(
                get(repository, "dists/stable/Release.gpg").bytes(),
                get(repository, "dists/stable/Release").bytes());
    }

    @Test
    void theFormerMetadataIsServedUntilTheNextIsSigned() {
        Repository repository = repository("rpm", "x86_64");
        signer.signNext();
        byte[] before = get(repository, "repodata/repomd.xml").bytes();

        add(repository, SampleRpms.simple("sounding", "1.0", "x86_64"));

        assertThat(get(repository, "repodata/repomd.xml").bytes()).isEqualTo(before);
        signer.signNext();
        assertThat(get(repository, "repodata/repomd.xml").bytes()).isNotEqualTo(before);
        assertGood(
                get(repository, "repodata/repomd.xml.asc").bytes(),
                get(repository, "repodata/repomd.xml").bytes());
    }

    @Test
    void metadataGoesBeforePackages() {
        var build = farm.built(farm.worker("src", "x86_64"), farm.platform("rpm", "x86_64"), "sounding");
        companion.admin().post("/api/v1/sign-tasks/", Map.of("build_id", build.id(), "sign_key_id", keyId));
        repository("rpm", "x86_64");

        assertThat(purpose(signer.claim())).isEqualTo("metadata");
        assertThat(purpose(signer.claim())).isEqualTo("build");
    }

    private static String purpose(ClaimedTask task) {
        return Objects.requireNonNull(task.sign()).purpose();
    }

    // acceptance case 63
    @Test
    void anotherKeysSignatureOfMetadataIsRefused() {
        Repository repository = repository("rpm", "x86_64");
        ClaimedTask task = signer.claim();
        SignPayload payload = signer.payloads(task).get(0);
        byte[] foreign = signer.signed(payload.kind(), signer.bytes(payload), SampleKeys.other());

        TestResponse answer = signer.submit(task, List.of(new PayloadSignature(payload.id(), foreign)));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(get(repository, "repodata/repomd.xml").status()).isEqualTo(404);
    }

    @Test
    void aFailedSignatureLeavesTheReasonWithThePublication() {
        Repository repository = repository("rpm", "x86_64");

        signer.report(signer.claim(), "failed", "the passphrase is wrong");

        assertThat(publications(repository, "state")).isEqualTo("failed");
        assertThat(publications(repository, "error"))
                .contains("the passphrase is wrong", key.certificate().keyId());
    }

    @Test
    void aFailedPublicationIsSignedAfterAPause() {
        Repository repository = repository("rpm", "x86_64");
        signer.report(signer.claim(), "failed", "the passphrase is wrong");
        companion.clock().advance(Duration.ofMinutes(6));
        farm.run("channels.publish");

        signer.signNext();

        assertThat(get(repository, "repodata/repomd.xml.asc").status()).isEqualTo(200);
        assertThat(publications(repository, "state")).isEqualTo("ready");
    }

    // acceptance case 65
    @Test
    void nobodyIsAskedToSignWithAnArchivedKey() {
        Repository repository = repository("rpm", "x86_64");
        signer.signNext();
        byte[] before = get(repository, "repodata/repomd.xml").bytes();
        companion.admin().put("/api/v1/sign-keys/" + keyId, Map.of("archived", true));

        add(repository, SampleRpms.simple("sounding", "1.0", "x86_64"));

        assertThat(publications(repository, "state")).isEqualTo("ready failed");
        assertThat(publications(repository, "error")).contains("archived");
        assertThat(companion.value("select count(*) from sign_task where sign_key_id = " + keyId))
                .isEqualTo("1");
        assertThat(get(repository, "repodata/repomd.xml").bytes()).isEqualTo(before);
    }

    // acceptance case 64
    @Test
    void theMetadataOfADeadSignerIsSignedByAnother() {
        Repository repository = repository("rpm", "x86_64");
        ClaimedTask lost = signer.claim();
        companion.clock().advance(Duration.ofMinutes(5));
        farm.run("tasks.reap");

        assertThat(farm.signer(key).signNext().id()).isEqualTo(lost.id());

        assertThat(get(repository, "repodata/repomd.xml.asc").status()).isEqualTo(200);
    }

    private Compose compose(Map<String, Object> more) {
        var build = farm.built(farm.worker("src", "x86_64"), farm.platform("rpm", "x86_64"), Farm.unique("sounding"));
        companion.admin().post("/api/v1/sign-tasks/", Map.of("build_id", build.id(), "sign_key_id", keyId));
        signer.signNext();
        Map<String, Object> request = new HashMap<>(more);
        request.put("source", Map.of("builds", List.of(build.id())));
        request.put("sign_keys", List.of(key.certificate().keyId()));
        TestResponse made = companion.admin().post("/api/v1/composes/", request);
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        farm.run("composes.generate");
        return made.as(Compose.class);
    }

    private static Compose get(Compose compose) {
        return companion.admin().get("/api/v1/composes/" + compose.id()).as(Compose.class);
    }

    private String keyInWords() {
        String name = companion.value("select name from sign_key where id = " + keyId);
        return "the key " + name + " (" + key.certificate().keyId() + ")";
    }

    @Test
    void aComposeSaysWhoseSignatureItWaitsFor() {
        Compose compose = compose(Map.of("lifetime_seconds", 10_000_000));

        assertThat(get(compose).stateReason())
                .startsWith("waits for a worker that signs its metadata with " + keyInWords())
                .contains("10000000");
        signer.signNext();
        assertThat(get(compose).stateName()).isEqualTo("done");
        assertThat(get(compose).stateReason()).startsWith("made").contains("10000000");
    }

    @Test
    void aComposeThatNobodySignsForEndsAndCanBeMadeAgain() {
        Compose compose = compose(Map.of());
        companion.clock().advance(Duration.ofMinutes(59));
        farm.run("composes.generate");
        assertThat(get(compose).stateName()).isEqualTo("generating");

        companion.clock().advance(Duration.ofMinutes(2));
        farm.run("composes.generate");

        assertThat(get(compose).stateName()).isEqualTo("failed");
        assertThat(get(compose).stateReason())
                .isEqualTo("nobody signed its metadata with " + keyInWords()
                        + " within 60 minutes: start a worker that holds the key, then ask for the compose again");

        Compose again = companion
                .admin()
                .send("POST", "/api/v1/composes/" + compose.id() + "/regenerate", null)
                .as(Compose.class);
        farm.run("composes.generate");
        signer.signNext();
        assertThat(get(again).stateName()).isEqualTo("done");
    }

    @Test
    void theKeyIsServedForClientsToPin() {
        assertThat(companion
                        .anonymous()
                        .get("/keys/" + key.certificate().keyId().toLowerCase(Locale.ROOT) + ".asc")
                        .text())
                .contains("BEGIN PGP PUBLIC KEY BLOCK");
    }
}
