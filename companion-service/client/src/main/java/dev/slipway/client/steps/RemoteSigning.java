package dev.slipway.client.steps;

import dev.slipway.api.builds.Build;
import dev.slipway.api.signing.SignKey;
import dev.slipway.api.signing.SignTask;
import dev.slipway.api.signing.SignTaskRequest;
import dev.slipway.client.SlipwayClient;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A build's packages being signed, by a worker that holds the key. */
final class RemoteSigning implements RemoteWork {
    private static final String KEY_ID = "signKey";
    private static final int COMPLETED = 3;
    private static final int IN_PROGRESS = 2;

    private final long buildId;
    private final @Nullable String key;

    private final Waits waits = new Waits();

    RemoteSigning(long buildId, @Nullable String key) {
        this.buildId = buildId;
        this.key = key;
    }

    @Override
    public String title() {
        return "Signing build " + buildId + (key == null ? "" : " with " + key);
    }

    @Override
    public String waitingFor(Memory memory) {
        return "waiting for signatures of build " + buildId;
    }

    @Override
    public void start(SlipwayClient client, StepSession session) throws IOException {
        Long chosen = session.memory().number(KEY_ID);
        if (chosen == null) {
            chosen = choose(client.signing().keys()).id();
            // The same key after a restart, or the request would be another one.
            session.memory().put(KEY_ID, Long.toString(chosen));
            session.save();
        }
        SignTask task = client.signing()
                .sign(new SignTaskRequest(buildId, chosen), session.memory().key());
        session.memory().id(task.id());
        session.print(
                "Sign task " + task.id() + ": " + task.payloadCount() + " pieces of build " + buildId + " to sign with "
                        + task.signKey().name() + " (" + task.signKey().keyid() + ")");
    }

    private SignKey choose(List<SignKey> keys) throws StepFailedException {
        String wanted = key;
        if (wanted == null) {
            List<SignKey> active = keys.stream().filter(SignKey::active).toList();
            if (active.size() == 1) {
                return active.get(0);
            }
            throw new StepFailedException("packageSign needs a key, one of: " + names(keys));
        }
        String hex = wanted.toUpperCase(Locale.ROOT);
        return keys.stream()
                .filter(k -> k.name().equals(wanted)
                        || k.keyid().equals(hex)
                        || k.fingerprint().equals(hex))
                .findFirst()
                .orElseThrow(() -> new StepFailedException(
                        "the companion knows no sign key '" + wanted + "', but: " + names(keys)));
    }

    private static String names(List<SignKey> keys) {
        return keys.isEmpty() ? "none" : keys.stream().map(RemoteSigning::name).collect(Collectors.joining(", "));
    }

    private static String name(SignKey key) {
        String reason = key.inactiveReason();
        String inactive = key.active() ? "" : ", not active" + (reason == null ? "" : ": " + reason);
        return key.name() + " (" + key.keyid() + inactive + ")";
    }

    @Override
    public @Nullable Outcome look(SlipwayClient client, StepSession session) throws IOException {
        SignTask task = client.signing().task(id(session));
        session.show(new Snapshot.SigningSeen(task, url(client, task)));
        if (task.status() < COMPLETED) {
            if (task.status() == IN_PROGRESS) {
                waits.over();
            } else {
                waits.waiting(task.id(), client, session);
            }
            return null;
        }
        if (task.status() != COMPLETED) {
            String error = task.errorMessage();
            return Outcome.failed(
                    "signing build " + buildId + " " + task.statusName() + (error == null ? "" : ": " + error));
        }
        Build build = client.builds().get(buildId);
        String message =
                "build " + buildId + " is signed with " + task.signKey().fingerprint();
        session.print("B" + message.substring(1));
        return Outcome.succeeded(
                message,
                Plain.map(
                        "id", task.id(),
                        "build", buildId,
                        "key", task.signKey().name(),
                        "keyid", task.signKey().keyid(),
                        "fingerprint", task.signKey().fingerprint(),
                        "signed", task.signedCount(),
                        "packages", Plain.packages(build, client.api().base())));
    }

    private static long id(StepSession session) {
        return Objects.requireNonNull(session.memory().id(), "a sign task that was not asked for");
    }

    private static String url(SlipwayClient client, SignTask task) {
        String log = task.logHref();
        return Links.task(client, log == null ? "/api/v1/tasks/" + task.id() + "/log" : log);
    }

    /** A sign task cannot be taken back; it does no harm, and the next request for the same finds it done. */
    @Override
    public boolean cancel(SlipwayClient client, StepSession session) {
        Long id = session.memory().id();
        if (id != null) {
            session.print("Sign task " + id + " stays until a worker that holds the key has done it");
        }
        return true;
    }
}
