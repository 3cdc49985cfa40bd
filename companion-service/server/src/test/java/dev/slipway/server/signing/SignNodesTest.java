package dev.slipway.server.signing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.builds.Build;
import dev.slipway.api.signing.FileToSign;
import dev.slipway.api.signing.SignTask;
import dev.slipway.api.signing.SignTaskOffer;
import dev.slipway.packages.fixtures.RpmKeys;
import dev.slipway.packages.fixtures.SampleKey;
import dev.slipway.packages.fixtures.SampleKeys;
import dev.slipway.packages.fixtures.Sha256;
import dev.slipway.packages.openpgp.KeyNotUsableException;
import dev.slipway.packages.rpm.RpmHeaderSignature;
import dev.slipway.packages.rpm.RpmSignatures;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.Farm;
import dev.slipway.server.testing.TestApi;
import dev.slipway.server.testing.TestResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The founding system's protocol, as an external node speaks it that signs whole files. */
final class SignNodesTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    private static final Farm farm = new Farm(companion);
    private static Build build;

    private final SampleKey key = SampleKeys.fresh();
    private TestApi node;
    private SignTask asked;

    @TempDir
    Path directory;

    @BeforeAll
    static void build() {
        build = farm.built(farm.worker("src", "x86_64"), farm.platform("rpm", "x86_64"), "sounding");
    }

    @BeforeEach
    void ask() {
        node = node();
        long keyId = farm.signKey(key);
        asked = companion
                .admin()
                .post("/api/v1/sign-tasks/", Map.of("build_id", build.id(), "sign_key_id", keyId))
                .as(SignTask.class);
    }

    private static TestApi node() {
        return companion.as(Farm.unique("node"), "sign-tasks:sign", "blobs:read", "blobs:write");
    }

    private SignTaskOffer offer(TestApi to) {
        TestResponse answer = to.post(
                "/api/v1/sign-tasks/get_sign_task/",
                Map.of("key_ids", List.of(key.certificate().keyId()), "node_name", "a member nobody knows"));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.as(SignTaskOffer.class);
    }

    /** What is to be done by a node that got its task. */
    private record Work(long id, List<FileToSign> packages) {}

    private Work taken() {
        SignTaskOffer offer = offer(node);
        return new Work(Objects.requireNonNull(offer.id()), Objects.requireNonNull(offer.packages()));
    }

    private Path download(FileToSign file) throws IOException {
        return Files.write(directory.resolve(file.id() + ".rpm"), got(file));
    }

    /** Such nodes show no token when they fetch a file. */
    private static byte[] got(FileToSign file) {
        assertThat(file.downloadUrl()).startsWith(companion.url().toString());
        return companion
                .anonymous()
                .get(URI.create(file.downloadUrl()).getPath())
                .bytes();
    }

    private Path signed(Path unsigned, SampleKey by) throws IOException {
        Path file = directory.resolve(unsigned.getFileName() + ".signed");
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] signature = by.signer(companion.clock()).detached(RpmSignatures.signedRegion(unsigned));
            RpmSignatures.splice(unsigned, out, RpmHeaderSignature.of(signature));
        } catch (KeyNotUsableException e) {
            throw new AssertionError(e);
        }
        return file;
    }

    private Map<String, Object> uploaded(FileToSign file, byte[] bytes) {
        TestResponse answer = node.putBytes("/api/v1/blobs/" + Farm.unique("signed") + ".rpm", bytes);
        assertThat(answer.status()).as(answer.toString()).isIn(200, 201);
        return Map.of("id", file.id(), "sha256", Sha256.hex(bytes), "name", file.name(), "fingerprint", "ignored");
    }

    private List<Map<String, Object>> allSigned(Work work, SampleKey by) throws IOException {
        List<Map<String, Object>> files = new ArrayList<>();
        for (FileToSign file : work.packages()) {
            files.add(uploaded(file, Files.readAllBytes(signed(download(file), by))));
        }
        return files;
    }

    private TestResponse complete(TestApi by, long task, List<Map<String, Object>> files) {
        return by.post(
                "/api/v1/sign-tasks/" + task + "/complete/",
                Map.of("build_id", build.id(), "success", true, "packages", files));
    }

    private SignTask shown() {
        return companion.admin().get("/api/v1/sign-tasks/" + asked.id()).as(SignTask.class);
    }

    private void assertFailed(TestResponse answer, String because) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.json().path("success").asBoolean()).isFalse();
        assertThat(shown().statusName()).isEqualTo("failed");
        assertThat(shown().errorMessage()).contains(because).doesNotContain("\n");
        assertThat(shown().signedCount()).isZero();
    }

    @Test
    void aNodeWithoutTheKeyGetsNothing() {
        TestResponse answer =
                node.post("/api/v1/sign-tasks/get_sign_task/", Map.of("key_ids", List.of("0123456789ABCDEF")));

        assertThat(answer.json()).isEmpty();
    }

    @Test
    void aNodeGetsTheWholeFiles() {
        SignTaskOffer offer = offer(node);

        assertThat(offer.id()).isEqualTo(asked.id());
        assertThat(offer.buildId()).isEqualTo(build.id());
        assertThat(offer.keyid()).isEqualTo(key.certificate().keyId());
        List<FileToSign> files = Objects.requireNonNull(offer.packages());
        assertThat(files)
                .extracting(FileToSign::name)
                .containsExactlyInAnyOrder("sounding-1.0-1.src.rpm", "sounding-1.0-1.x86_64.rpm");
        FileToSign file = files.get(0);
        assertThat(Sha256.hex(got(file))).isEqualTo(file.sha256());
    }

    // acceptance case 30
    @Test
    void aNodeThatAsksTwiceGetsTheSameTask() {
        assertThat(offer(node).id()).isEqualTo(offer(node).id());
    }

    @Test
    void aNodeIsNotGivenItsTaskAgainForAnotherKey() {
        offer(node);

        TestResponse answer =
                node.post("/api/v1/sign-tasks/get_sign_task/", Map.of("key_ids", List.of("0123456789ABCDEF")));

        assertThat(answer.json()).isEmpty();
    }

    @Test
    void noOtherNodeGetsATaskThatIsHeld() {
        offer(node);

        assertThat(offer(node()).id()).isNull();
    }

    @Test
    void wholeFilesThatWereSignedCompleteTheBuild() throws IOException {
        Work work = taken();

        TestResponse answer = complete(node, work.id(), allSigned(work, key));

        assertThat(answer.json().path("success").asBoolean()).isTrue();
        assertThat(shown().statusName()).isEqualTo("completed");
        assertThat(farm.get(build.id()).signed()).isTrue();
    }

    @Test
    void rpmkeysAcceptsWhatANodeSigned() throws IOException {
        Work work = taken();
        complete(node, work.id(), allSigned(work, key));

        String url = build.repositories().stream()
                .filter(each -> each.arch().equals("x86_64") && !each.debug())
                .findFirst()
                .orElseThrow()
                .url()
                .substring(companion.url().toString().length());
        Path served = Files.write(
                directory.resolve("served.rpm"),
                companion
                        .anonymous()
                        .get(url + "Packages/s/sounding-1.0-1.x86_64.rpm")
                        .bytes());

        assertThat(new RpmKeys(directory, key.certificate().armored())
                        .check(served)
                        .exit())
                .isZero();
    }

    @Test
    void theSameCompletionTwiceHasTheSameAnswer() throws IOException {
        Work work = taken();
        List<Map<String, Object>> files = allSigned(work, key);

        TestResponse first = complete(node, work.id(), files);
        TestResponse second = complete(node, work.id(), files);

        assertThat(second.status()).isEqualTo(200);
        assertThat(second.json()).isEqualTo(first.json());
    }

    // acceptance case 62
    @Test
    void aFileWithAChangedPayloadFailsTheTask() throws IOException {
        Work work = taken();
        List<Map<String, Object>> files = new ArrayList<>(allSigned(work, key));
        byte[] changed = Files.readAllBytes(signed(download(work.packages().get(0)), key));
        changed[changed.length - 20] ^= 1;
        files.set(0, uploaded(work.packages().get(0), changed));

        assertFailed(complete(node, work.id(), files), work.packages().get(0).name());
    }

    @Test
    void aTruncatedFileFailsTheTask() throws IOException {
        Work work = taken();
        List<Map<String, Object>> files = new ArrayList<>(allSigned(work, key));
        byte[] whole = Files.readAllBytes(signed(download(work.packages().get(1)), key));
        files.set(1, uploaded(work.packages().get(1), Arrays.copyOf(whole, whole.length - 10)));

        assertFailed(complete(node, work.id(), files), work.packages().get(1).name());
    }

    // acceptance case 63: the reported fingerprint counts for nothing
    @Test
    void anotherKeysSignatureFailsTheTask() throws IOException {
        Work work = taken();

        assertFailed(complete(node, work.id(), allSigned(work, SampleKeys.other())), ".rpm");
    }

    @Test
    void aFileThatIsAsItWasFailsTheTask() throws IOException {
        Work work = taken();
        List<Map<String, Object>> files = new ArrayList<>(allSigned(work, key));
        files.set(
                0,
                uploaded(
                        work.packages().get(0),
                        Files.readAllBytes(download(work.packages().get(0)))));

        assertFailed(complete(node, work.id(), files), work.packages().get(0).name() + ": ");
    }

    @Test
    void anotherTasksSignedFileFailsTheTask() throws IOException {
        Work work = taken();
        List<Map<String, Object>> files = allSigned(work, key);
        List<Map<String, Object>> swapped = List.of(
                Map.of("id", files.get(0).get("id"), "sha256", files.get(1).get("sha256")),
                Map.of("id", files.get(1).get("id"), "sha256", files.get(0).get("sha256")));

        assertFailed(complete(node, work.id(), swapped), "other content");
    }

    @Test
    void aReportThatLacksAFileIsRefusedAndCanBeSentAgain() throws IOException {
        Work work = taken();
        List<Map<String, Object>> files = allSigned(work, key);

        assertThat(complete(node, work.id(), files.subList(0, 1)).status()).isEqualTo(422);

        assertThat(complete(node, work.id(), files).status()).isEqualTo(200);
    }

    @Test
    void aFileMayBeNamedByTheAddressOfItsBlobAlone() throws IOException {
        Work work = taken();
        List<Map<String, Object>> files = new ArrayList<>();
        for (FileToSign file : work.packages()) {
            String name = Farm.unique("signed");
            node.putBytes("/api/v1/blobs/" + name, Files.readAllBytes(signed(download(file), key)));
            files.add(Map.of("id", file.id(), "href", "/api/v1/blobs/" + name));
        }

        TestResponse answer = complete(node, work.id(), files);

        assertThat(answer.json().path("success").asBoolean())
                .as(answer.toString())
                .isTrue();
    }

    @Test
    void aFileThatWasNotUploadedIsRefused() {
        Work work = taken();
        List<Map<String, Object>> files = work.packages().stream()
                .map(file -> Map.<String, Object>of("id", file.id(), "sha256", "0".repeat(64)))
                .toList();

        TestResponse answer = complete(node, work.id(), files);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("detail").asText()).contains("upload");
    }

    // acceptance case 10
    @Test
    void anotherNodeCannotCompleteATask() throws IOException {
        Work work = taken();
        List<Map<String, Object>> files = allSigned(work, key);

        TestResponse answer = complete(node(), work.id(), files);

        assertThat(answer.problem()).isEqualTo("lease-lost");
        assertThat(shown().statusName()).isEqualTo("in progress");
    }

    @Test
    void aNodesFailureIsShown() {
        Work work = taken();

        node.post(
                "/api/v1/sign-tasks/" + work.id() + "/complete/",
                Map.of("success", false, "error_message", "the token is locked", "packages", List.of()));

        assertThat(shown().statusName()).isEqualTo("failed");
        assertThat(shown().errorMessage()).isEqualTo("the token is locked");
    }

    @Test
    void theLogOfATaskTellsWhereItsNodeKeepsItsOwn() {
        Work work = taken();

        node.post(
                "/api/v1/sign-tasks/" + work.id() + "/complete/",
                Map.of("success", false, "log_href", "https://logs.slipway.example/7", "packages", List.of()));

        assertThat(companion
                        .admin()
                        .get(Objects.requireNonNull(shown().logHref()))
                        .text())
                .isEqualTo("the sign node's log: https://logs.slipway.example/7\n");
    }

    // such a node renews no lease while it signs, so it has the task's whole time
    @Test
    void aNodeMayTakeMinutes() throws IOException {
        Work work = taken();
        List<Map<String, Object>> files = allSigned(work, key);
        companion.clock().advance(Duration.ofMinutes(20));
        farm.run("tasks.reap");

        assertThat(complete(node, work.id(), files).status()).isEqualTo(200);
        assertThat(shown().statusName()).isEqualTo("completed");
    }

    @Test
    void theTaskOfANodeThatVanishedIsOfferedToAnother() {
        offer(node);
        companion.clock().advance(Duration.ofMinutes(40));
        farm.run("tasks.reap");

        assertThat(offer(node()).id()).isEqualTo(asked.id());
    }
}
