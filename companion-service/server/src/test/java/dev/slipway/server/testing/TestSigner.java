package dev.slipway.server.testing;

import com.fasterxml.jackson.core.type.TypeReference;
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
import java.time.Clock;
import java.util.List;

/** Speaks the side of a worker that holds a key, step by step. */
public final class TestSigner {
    private final TestApi api;
    private final String name;
    private final SampleKey key;
    private final Clock clock;

    TestSigner(TestApi api, String name, SampleKey key, Clock clock) {
        this.api = api;
        this.name = name;
        this.key = key;
        this.clock = clock;
    }

    /** The same signer at another address, for example after a restart. */
    public TestSigner at(TestApi other) {
        return new TestSigner(other, name, key, clock);
    }

    public TestApi api() {
        return api;
    }

    public void register() {
        Farm.expect(
                api.post(
                        "/api/v1/workers/",
                        new WorkerRequest(
                                name,
                                List.of("sign"),
                                List.of(),
                                List.of(key.certificate().keyId()),
                                "1")),
                200);
    }

    /** Claims a task that must be there. */
    public ClaimedTask claim() {
        TestResponse answer = api.post("/api/v1/tasks/claim", new ClaimRequest(name, null, null, null, 0));
        Farm.expect(answer, 200);
        ClaimedTask task = answer.as(ClaimedTask.class);
        if (task == null) {
            throw new AssertionError("there was nothing to sign for " + name);
        }
        return task;
    }

    /** What is left to sign. */
    public List<SignPayload> payloads(ClaimedTask task) {
        TestResponse answer = api.get("/api/v1/sign-tasks/" + task.id() + "/payloads");
        Farm.expect(answer, 200);
        return answer.as(new TypeReference<List<SignPayload>>() {});
    }

    public byte[] bytes(SignPayload payload) {
        TestResponse answer = api.get(payload.url());
        Farm.expect(answer, 200);
        return answer.bytes();
    }

    /** A good signature. */
    public PayloadSignature sign(SignPayload payload) {
        return new PayloadSignature(payload.id(), signed(payload.kind(), bytes(payload), key));
    }

    /** Signatures of all that is left. */
    public List<PayloadSignature> signatures(ClaimedTask task) {
        return payloads(task).stream().map(this::sign).toList();
    }

    /** A signature in the form of that kind of payload. */
    public byte[] signed(String kind, byte[] bytes, SampleKey by) {
        Signer signer = by.signer(clock);
        try {
            return switch (kind) {
                case "rpm-header" -> signer.detached(bytes);
                case "detached" -> signer.detachedArmored(bytes);
                case "clearsigned" -> signer.clearSigned(bytes);
                default -> throw new AssertionError("a payload of the unknown kind " + kind);
            };
        } catch (KeyNotUsableException e) {
            throw new AssertionError(e);
        }
    }

    public TestResponse submit(ClaimedTask task, List<PayloadSignature> signatures) {
        return api.post(
                "/api/v1/sign-tasks/" + task.id() + "/signatures",
                new SignatureSubmission(task.lease().id(), signatures));
    }

    public TestResponse report(ClaimedTask task, String outcome, String message) {
        return api.post(
                "/api/v1/tasks/" + task.id() + "/report",
                new TaskReport(task.lease().id(), outcome, message, null, List.of(), null, null, List.of()));
    }

    /** Claims the next task, signs all of it and reports it. */
    public ClaimedTask signNext() {
        ClaimedTask task = claim();
        Farm.expect(submit(task, signatures(task)), 200);
        Farm.expect(report(task, "succeeded", null), 200);
        return task;
    }
}
