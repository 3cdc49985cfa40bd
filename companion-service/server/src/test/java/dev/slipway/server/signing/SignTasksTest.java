package dev.slipway.server.signing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.api.builds.Build;
import dev.slipway.api.signing.PayloadSignature;
import dev.slipway.api.signing.SignPayload;
import dev.slipway.api.signing.SignTask;
import dev.slipway.api.signing.SignatureSubmission;
import dev.slipway.api.tasks.ClaimedTask;
import dev.slipway.api.tasks.SignWork;
import dev.slipway.packages.fixtures.SampleKey;
import dev.slipway.packages.fixtures.SampleKeys;
import dev.slipway.packages.fixtures.Sha256;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.Farm;
import dev.slipway.server.testing.TestResponse;
import dev.slipway.server.testing.TestSigner;
import dev.slipway.server.testing.TestWorker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Asking for signatures, and which of them are taken. Every test has a key of its own, so it meets its own task alone. */
final class SignTasksTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    private static final Farm farm = new Farm(companion);
    private static Build build;

    private final SampleKey key = SampleKeys.fresh();

    @BeforeAll
    static void build() {
        build = farm.built(farm.worker("src", "x86_64"), farm.platform("rpm", "x86_64"), "sounding");
    }

    private static TestResponse ask(long buildId, long keyId) {
        return companion.admin().post("/api/v1/sign-tasks/", Map.of("build_id", buildId, "sign_key_id", keyId));
    }

    /** Asks that the build be signed with this test's key. */
    private SignTask asked() {
        TestResponse answer = ask(build.id(), farm.signKey(key));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return answer.as(SignTask.class);
    }

    /** A worker that holds this test's key, for which a task waits. */
    private TestSigner signerWithWork() {
        asked();
        return farm.signer(key);
    }

    private static SignTask shown(ClaimedTask task) {
        return companion.admin().get("/api/v1/sign-tasks/" + task.id()).as(SignTask.class);
    }

    private static void assertRefused(TestResponse answer, int status, String because) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.json().path("detail").asText()).contains(because);
    }

    @Test
    void aWorkerWithTheKeyGetsEveryPackagesHeader() {
        SignTask asked = asked();
        TestSigner signer = farm.signer(key);

        ClaimedTask task = signer.claim();

        assertThat(task.id()).isEqualTo(asked.id());
        SignWork work = Objects.requireNonNull(task.sign());
        assertThat(work.keyid()).isEqualTo(key.certificate().keyId());
        assertThat(work.payloadCount()).isEqualTo(2);
        assertThat(signer.payloads(task)).extracting(SignPayload::kind).containsOnly("rpm-header");
    }

    @Test
    void aPayloadIsExactlyTheBytesItSays() {
        TestSigner signer = signerWithWork();
        SignPayload payload = signer.payloads(signer.claim()).get(0);

        byte[] bytes = signer.bytes(payload);

        assertThat(bytes).hasSize(Math.toIntExact(payload.size()));
        assertThat(Sha256.hex(bytes)).isEqualTo(payload.sha256());
    }

    @Test
    void listsWhatToSignInPiecesAndPages() {
        long id = asked().id();
        String path = "/api/v1/sign-tasks/" + id + "/payloads";
        List<Long> all = ids(companion.admin().get(path).json());

        TestResponse first = companion.admin().get(path + "?after=&per_page=1");
        String next = first.header("Link").replaceAll(".*[?&]after=([^&>]+).*", "$1");
        TestResponse second = companion.admin().get(path + "?per_page=1&after=" + next);
        JsonNode page =
                companion.admin().get(path + "?page_number=2&per_page=1").json();

        assertThat(all).hasSize(2);
        assertThat(ids(first.json())).containsExactly(all.get(0));
        assertThat(ids(second.json())).containsExactly(all.get(1));
        assertThat(second.header("Link")).isNull();
        assertThat(ids(page.path("payloads"))).containsExactly(all.get(1));
        assertThat(page.path("total_payloads").asInt()).isEqualTo(2);
    }

    private static List<Long> ids(JsonNode payloads) {
        List<Long> ids = new ArrayList<>();
        payloads.forEach(each -> ids.add(each.path("id").asLong()));
        return ids;
    }

    // acceptance case 61
    @Test
    void doesNotKnowAnUnknownBuild() {
        assertRefused(ask(4711, farm.signKey(key)), 404, "4711");
    }

    // acceptance case 61
    @Test
    void doesNotKnowAnUnknownKey() {
        assertRefused(ask(build.id(), 4711), 404, "4711");
    }

    // acceptance case 61
    @Test
    void refusesTheSecondRequestWhileTheFirstIsUnderWay() {
        SignTask first = asked();

        TestResponse second = ask(build.id(), first.signKey().id());

        assertRefused(second, 409, "already");
        assertThat(second.json().path("sign_task_id").asLong()).isEqualTo(first.id());
    }

    // acceptance case 61
    @Test
    void refusesABuildThatIsNotFinished() {
        Build unfinished = farm.build(farm.platform("rpm", "x86_64"), "running");

        assertRefused(ask(unfinished.id(), farm.signKey(key)), 409, "not finished");
        farm.clear();
    }

    // acceptance case 61
    @Test
    void refusesABuildWithoutPackages() {
        Build failed = farm.build(farm.platform("rpm", "x86_64"), "broken");
        TestWorker worker = farm.worker("src");
        worker.report(worker.claimSource(), "failed");

        assertRefused(ask(failed.id(), farm.signKey(key)), 400, "no packages");
    }

    @Test
    void refusesAKeyOfAnotherPlatform() {
        String other = farm.platform("rpm", "x86_64");
        long otherId = Long.parseLong(companion.value("select id from platform where name = '" + other + "'"));
        long keyId = farm.signKey(key);
        companion.admin().put("/api/v1/sign-keys/" + keyId, Map.of("platform_ids", List.of(otherId)));

        assertRefused(ask(build.id(), keyId), 422, "not for the platforms");
    }

    // acceptance case 65
    @Test
    void refusesAnExpiredKey() {
        SampleKey expired = SampleKeys.fresh(Duration.ofDays(1), SampleKeys.at(SampleKeys.CREATED));

        assertRefused(ask(build.id(), farm.signKey(expired)), 422, "expired");
    }

    @Test
    void fetchesNoCertificateFromAPrivateNetwork() {
        TestResponse made = companion
                .admin()
                .post(
                        "/api/v1/sign-keys/new/",
                        Map.of(
                                "name",
                                Farm.unique("key"),
                                "keyid",
                                key.certificate().keyId(),
                                "fingerprint",
                                key.certificate().fingerprint().hex(),
                                "public_url",
                                "https://127.0.0.1:1/key.asc"));

        TestResponse answer = ask(build.id(), made.json().path("id").asLong());

        assertRefused(answer, 422, "has no certificate yet");
        assertRefused(answer, 422, "private network");
    }

    @Test
    void refusesAnArchivedKey() {
        long keyId = farm.signKey(key);
        companion.admin().put("/api/v1/sign-keys/" + keyId, Map.of("archived", true));

        assertRefused(ask(build.id(), keyId), 422, "archived");
    }

    @Test
    void theSameRequestUnderOneIdempotencyKeyMakesOneTask() {
        long keyId = farm.signKey(key);
        var api = companion.admin().with("Idempotency-Key", Farm.unique("sign"));
        var body = Map.of("build_id", build.id(), "sign_key_id", keyId);

        TestResponse first = api.post("/api/v1/sign-tasks/", body);
        TestResponse second = api.post("/api/v1/sign-tasks/", body);

        assertThat(second.json().path("id")).isEqualTo(first.json().path("id"));
    }

    @Test
    void refusesSignaturesUnderAnotherLease() {
        TestSigner signer = signerWithWork();
        ClaimedTask task = signer.claim();

        TestResponse answer = signer.api()
                .post(
                        "/api/v1/sign-tasks/" + task.id() + "/signatures",
                        new SignatureSubmission(UUID.randomUUID(), signer.signatures(task)));

        assertThat(answer.problem()).isEqualTo("lease-lost");
        assertThat(shown(task).signedCount()).isZero();
    }

    // acceptance case 10
    @Test
    void refusesSignaturesOfAnotherCaller() {
        TestSigner signer = signerWithWork();
        ClaimedTask task = signer.claim();

        TestResponse answer = farm.signer(key).submit(task, signer.signatures(task));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.problem()).isEqualTo("forbidden");
        assertThat(shown(task).signedCount()).isZero();
    }

    @Test
    void refusesGarbageAsASignature() {
        TestSigner signer = signerWithWork();
        ClaimedTask task = signer.claim();
        SignPayload payload = signer.payloads(task).get(0);

        TestResponse answer = signer.submit(
                task, List.of(new PayloadSignature(payload.id(), "garbage".getBytes(StandardCharsets.UTF_8))));

        assertRefused(answer, 422, payload.name());
        assertThat(answer.problem()).isEqualTo("signature-refused");
    }

    // acceptance case 63
    @Test
    void refusesAnotherKeysSignature() {
        TestSigner signer = signerWithWork();
        ClaimedTask task = signer.claim();
        SignPayload payload = signer.payloads(task).get(0);
        byte[] foreign = signer.signed(payload.kind(), signer.bytes(payload), SampleKeys.other());

        TestResponse answer = signer.submit(task, List.of(new PayloadSignature(payload.id(), foreign)));

        assertRefused(answer, 422, payload.name());
        assertThat(shown(task).signedCount()).isZero();
    }

    // acceptance case 62
    @Test
    void refusesASignatureOverOtherBytes() {
        TestSigner signer = signerWithWork();
        ClaimedTask task = signer.claim();
        SignPayload payload = signer.payloads(task).get(0);
        byte[] changed = signer.bytes(payload);
        changed[changed.length - 1] ^= 1;

        TestResponse answer = signer.submit(
                task, List.of(new PayloadSignature(payload.id(), signer.signed(payload.kind(), changed, key))));

        assertRefused(answer, 422, payload.name());
    }

    @Test
    void keepsNothingOfASubmissionWithOneBadSignature() {
        TestSigner signer = signerWithWork();
        ClaimedTask task = signer.claim();
        List<SignPayload> payloads = signer.payloads(task);
        List<PayloadSignature> signatures = new ArrayList<>(signer.signatures(task));
        // each of the two signatures answers the other payload
        signatures.set(
                1, new PayloadSignature(payloads.get(1).id(), signatures.get(0).signature()));

        TestResponse answer = signer.submit(task, signatures);

        assertThat(answer.json().at("/errors/0/pointer").asText()).isEqualTo("/signatures/1/signature");
        assertThat(shown(task).signedCount()).isZero();
        assertThat(signer.payloads(task)).hasSize(2);
    }

    @Test
    void refusesASignatureOfAPayloadThatIsNotTheTasks() {
        TestSigner signer = signerWithWork();
        ClaimedTask task = signer.claim();
        byte[] good = signer.signatures(task).get(0).signature();

        assertRefused(signer.submit(task, List.of(new PayloadSignature(Long.MAX_VALUE, good))), 422, "not one of");
    }

    @Test
    void takesTheSameSubmissionTwiceAsOne() {
        TestSigner signer = signerWithWork();
        ClaimedTask task = signer.claim();
        List<PayloadSignature> signatures = signer.signatures(task);

        TestResponse first = signer.submit(task, signatures);
        TestResponse second = signer.submit(task, signatures);

        assertThat(second.status()).isEqualTo(200);
        assertThat(second.json()).isEqualTo(first.json());
        assertThat(shown(task).signedCount()).isEqualTo(2);
    }

    @Test
    void refusesAReportBeforeAllIsSignedAndLetsTheWorkerGoOn() {
        TestSigner signer = signerWithWork();
        ClaimedTask task = signer.claim();
        List<PayloadSignature> signatures = signer.signatures(task);
        signer.submit(task, signatures.subList(0, 1));

        assertRefused(signer.report(task, "succeeded", null), 422, "1 payload");

        signer.submit(task, signatures.subList(1, 2));
        assertThat(signer.report(task, "succeeded", null).status()).isEqualTo(200);
    }

    // acceptance case 65
    @Test
    void refusesSignaturesOfAKeyThatWasArchivedMeanwhile() {
        SignTask asked = asked();
        TestSigner signer = farm.signer(key);
        ClaimedTask task = signer.claim();
        List<PayloadSignature> signatures = signer.signatures(task);
        companion.admin().put("/api/v1/sign-keys/" + asked.signKey().id(), Map.of("archived", true));

        assertRefused(signer.submit(task, signatures), 409, "archived");
    }

    @Test
    void aFailedTaskSaysWhyAndTheBuildCanBeSignedAgain() {
        SignTask asked = asked();
        TestSigner signer = farm.signer(key);
        signer.report(signer.claim(), "failed", "the passphrase is wrong");

        SignTask failed =
                companion.admin().get("/api/v1/sign-tasks/" + asked.id()).as(SignTask.class);
        assertThat(failed.statusName()).isEqualTo("failed");
        assertThat(failed.errorMessage()).isEqualTo("the passphrase is wrong");
        assertThat(ask(build.id(), asked.signKey().id()).status()).isEqualTo(201);
    }

    @Test
    void listsABuildsTasksNewestFirst() {
        SignTask asked = asked();

        List<SignTask> all = companion
                .admin()
                .get("/api/v1/sign-tasks/?build_id=" + build.id())
                .as(new TypeReference<List<SignTask>>() {});

        assertThat(all.get(0).id()).isEqualTo(asked.id());
        assertThat(all).extracting(SignTask::buildId).containsOnly(build.id());
        assertThat(companion.admin().get("/api/v1/sign-tasks/?build_id=4711").json())
                .isEmpty();
    }
}
