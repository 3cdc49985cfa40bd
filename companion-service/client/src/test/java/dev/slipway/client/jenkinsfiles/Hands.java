package dev.slipway.client.jenkinsfiles;

import dev.slipway.api.identity.Role;
import dev.slipway.api.signing.PayloadSignature;
import dev.slipway.api.signing.SignKeyRequest;
import dev.slipway.api.signing.SignPayload;
import dev.slipway.api.signing.SignatureSubmission;
import dev.slipway.api.tasks.BuildWork;
import dev.slipway.api.tasks.ClaimRequest;
import dev.slipway.api.tasks.ClaimedTask;
import dev.slipway.api.tasks.ReportedArtifact;
import dev.slipway.api.tasks.TaskReport;
import dev.slipway.api.tasks.TestCase;
import dev.slipway.api.workers.WorkerRequest;
import dev.slipway.client.SlipwayClient;
import dev.slipway.client.follow.BuildProgress;
import dev.slipway.client.steps.Companions;
import dev.slipway.packages.fixtures.SampleKeys;
import dev.slipway.packages.openpgp.KeyNotUsableException;
import dev.slipway.packages.openpgp.Signer;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.Farm;
import dev.slipway.server.testing.TestWorker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Workers that do whatever a companion has to do, with small real packages and a real key. */
final class Hands implements AutoCloseable {
    static final String KEY = "release";

    private final TestWorker builder;
    private final SlipwayClient signing;
    private final String keyid;
    private final Signer signer;
    private final String signerName = Farm.unique("signer");
    private final Thread thread = new Thread(this::work, "hands");
    private final AtomicReference<@Nullable Throwable> trouble = new AtomicReference<>();
    private volatile boolean stopping;
    private volatile boolean testsFail;

    Hands(CompanionExtension companion, String... arches) throws IOException {
        builder = new Farm(companion).worker(arches);
        var key = SampleKeys.rsa();
        keyid = key.certificate().keyId();
        signer = key.signer(companion.clock());
        Companions.admin(companion)
                .signing()
                .addKey(new SignKeyRequest(
                        KEY, null, null, null, null, key.certificate().armored(), null));
        signing = Companions.client(companion, signerName, List.copyOf(Role.WORKER.scopes()));
        signing.workers().register(new WorkerRequest(signerName, List.of("sign"), List.of(), List.of(keyid), "1"));
    }

    String keyid() {
        return keyid;
    }

    void begin() {
        thread.start();
    }

    void letTestsFail() {
        testsFail = true;
    }

    private void work() {
        try {
            while (!stopping) {
                ClaimedTask task = builder.claim(1);
                if (task != null) {
                    perform(task);
                }
                ClaimedTask sign = signing.tasks()
                        .claim(new ClaimRequest(signerName, List.of("sign"), List.of(), List.of(keyid), 0));
                if (sign != null) {
                    sign(sign);
                }
            }
        } catch (IOException | RuntimeException | Error e) {
            trouble.set(e);
        }
    }

    private void perform(ClaimedTask task) {
        if (task.test() != null) {
            String status = testsFail ? "failed" : "passed";
            builder.report(
                    task,
                    testsFail ? "failed" : "succeeded",
                    null,
                    List.of(),
                    List.of(new TestCase("counts words", status, 40L, "3 words", null)));
            return;
        }
        builder.log(task, 0, "making " + task.arch() + "\n");
        BuildWork build = Objects.requireNonNull(task.build());
        List<ReportedArtifact> made = new ArrayList<>(
                builder.results(task, BuildProgress.name(build.source().url())));
        if (build.platform().type().equals("deb")) {
            String changes = "Format: 1.8\nSource: hands\nVersion: 1.0-1\nArchitecture: " + task.arch()
                    + "\nDistribution: unstable\nChecksums-Sha256:\n"
                    + made.stream()
                            .map(one -> " " + one.sha256() + " " + one.size() + " " + one.name() + "\n")
                            .collect(Collectors.joining());
            made.add(builder.upload(
                    task, "changes", "hands_" + task.arch() + ".changes", changes.getBytes(StandardCharsets.UTF_8)));
        }
        builder.report(task, "succeeded", made.toArray(ReportedArtifact[]::new));
    }

    private void sign(ClaimedTask task) throws IOException {
        List<PayloadSignature> signatures = new ArrayList<>();
        for (SignPayload payload : signing.signing().payloads(task.id())) {
            byte[] bytes = signing.signing().bytes(payload, 1 << 20);
            signatures.add(new PayloadSignature(payload.id(), sign(payload.kind(), bytes)));
        }
        signing.signing().submit(task.id(), new SignatureSubmission(task.lease().id(), signatures));
        signing.tasks()
                .report(
                        task.id(),
                        new TaskReport(task.lease().id(), "succeeded", null, null, List.of(), null, null, List.of()));
    }

    private byte[] sign(String kind, byte[] bytes) {
        try {
            return switch (kind) {
                case "rpm-header" -> signer.detached(bytes);
                case "detached" -> signer.detachedArmored(bytes);
                default -> signer.clearSigned(bytes);
            };
        } catch (KeyNotUsableException e) {
            throw new AssertionError(e);
        }
    }

    /** Fails if the workers did: nobody would do what a pipeline waits for. */
    void check() {
        Throwable failed = trouble.get();
        if (failed != null) {
            throw new AssertionError("the workers failed", failed);
        }
    }

    @Override
    public void close() throws InterruptedException {
        stopping = true;
        thread.join();
        check();
    }
}
