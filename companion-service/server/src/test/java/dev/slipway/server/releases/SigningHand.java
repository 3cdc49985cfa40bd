package dev.slipway.server.releases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.identity.Role;
import dev.slipway.api.signing.PayloadSignature;
import dev.slipway.api.signing.SignPayload;
import dev.slipway.api.signing.SignatureSubmission;
import dev.slipway.api.tasks.ClaimRequest;
import dev.slipway.api.tasks.ClaimedTask;
import dev.slipway.api.tasks.TaskReport;
import dev.slipway.api.workers.WorkerRequest;
import dev.slipway.packages.fixtures.SampleKey;
import dev.slipway.packages.openpgp.KeyNotUsableException;
import dev.slipway.packages.openpgp.Signer;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.Farm;
import dev.slipway.server.testing.TestApi;
import dev.slipway.server.testing.TestResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A worker that holds a key, and that key's record. */
final class SigningHand {
    private final TestApi api;
    private final String name = Farm.unique("signer");
    private final String keyid;
    private final long keyRecord;
    private final Signer signer;

    SigningHand(CompanionExtension companion, SampleKey key) {
        api = companion.as(name, Role.WORKER);
        keyid = key.certificate().keyId();
        signer = key.signer(companion.clock());
        TestResponse recorded = companion
                .admin()
                .post(
                        "/api/v1/sign-keys/new/",
                        Map.of("name", name, "certificate", key.certificate().armored()));
        Dock.ok(recorded, 201);
        keyRecord = recorded.json().path("id").asLong();
        Dock.ok(
                api.post("/api/v1/workers/", new WorkerRequest(name, List.of("sign"), List.of(), List.of(keyid), "1")),
                200);
    }

    /** The worker's name, and its key's. */
    String name() {
        return name;
    }

    String keyid() {
        return keyid;
    }

    long keyRecord() {
        return keyRecord;
    }

    /** Signs everything that waits for this key now; how many tasks that were. */
    int signAll() {
        int signed = 0;
        for (ClaimedTask task = claim(); task != null; task = claim()) {
            Dock.ok(
                    api.post(
                            "/api/v1/sign-tasks/" + task.id() + "/signatures",
                            new SignatureSubmission(task.lease().id(), signatures(task))),
                    200);
            TestResponse done = report(task, "succeeded", null);
            assertThat(done.json().path("state").asText()).as(done.toString()).isEqualTo("succeeded");
            signed++;
        }
        return signed;
    }

    /** Gives up everything that waits for this key now. */
    void refuseAll(String reason) {
        for (ClaimedTask task = claim(); task != null; task = claim()) {
            report(task, "failed", reason);
        }
    }

    private @Nullable ClaimedTask claim() {
        TestResponse answer =
                api.post("/api/v1/tasks/claim", new ClaimRequest(name, List.of("sign"), List.of(), List.of(keyid), 0));
        Dock.ok(answer, 200);
        return answer.as(ClaimedTask.class);
    }

    private List<PayloadSignature> signatures(ClaimedTask task) {
        List<PayloadSignature> signatures = new ArrayList<>();
        TestResponse listed = api.get("/api/v1/sign-tasks/" + task.id() + "/payloads");
        Dock.ok(listed, 200);
        for (SignPayload payload : listed.as(SignPayload[].class)) {
            byte[] bytes = api.get(payload.url()).bytes();
            signatures.add(new PayloadSignature(payload.id(), sign(payload.kind(), bytes)));
        }
        return signatures;
    }

    private byte[] sign(String kind, byte[] bytes) {
        try {
            return switch (kind) {
                case "rpm-header" -> signer.detached(bytes);
                case "detached" -> signer.detachedArmored(bytes);
                case "clearsigned" -> signer.clearSigned(bytes);
                default -> throw new AssertionError("nobody signs a " + kind);
            };
        } catch (KeyNotUsableException e) {
            throw new AssertionError(e);
        }
    }

    private TestResponse report(ClaimedTask task, String outcome, @Nullable String message) {
        TestResponse answer = api.post(
                "/api/v1/tasks/" + task.id() + "/report",
                new TaskReport(task.lease().id(), outcome, message, null, List.of(), null, null, List.of()));
        Dock.ok(answer, 200);
        return answer;
    }
}
