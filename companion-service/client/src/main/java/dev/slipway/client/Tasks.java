package dev.slipway.client;

import dev.slipway.api.tasks.ClaimRequest;
import dev.slipway.api.tasks.ClaimedTask;
import dev.slipway.api.tasks.LeaveRequest;
import dev.slipway.api.tasks.LogPosition;
import dev.slipway.api.tasks.PingAnswer;
import dev.slipway.api.tasks.PingRequest;
import dev.slipway.api.tasks.Task;
import dev.slipway.api.tasks.TaskExplanation;
import dev.slipway.api.tasks.TaskReport;
import dev.slipway.api.tasks.UploadedArtifact;
import dev.slipway.client.http.Api;
import dev.slipway.client.http.Hangup;
import dev.slipway.client.http.Uploads;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Tasks, as workers do them and as people follow them. */
public final class Tasks {
    private static final MediaType BYTES = MediaType.get("application/octet-stream");
    private static final String LEASE = "Slipway-Lease";

    private final Api api;

    Tasks(Api api) {
        this.api = api;
    }

    /** A task to do, or null when there was none for as long as the request says to wait. */
    public @Nullable ClaimedTask claim(ClaimRequest request) throws IOException {
        return claim(request, new Hangup());
    }

    /**
     * A task to do, or null when there was none for as long as the request says to wait.
     *
     * @param hangup ends the wait from another thread; {@link #leave} then, for a task may be on its way
     */
    public @Nullable ClaimedTask claim(ClaimRequest request, Hangup hangup) throws IOException {
        int wait = request.waitSeconds() == null ? 0 : request.waitSeconds();
        return api.request("POST", "tasks", "claim")
                .json(request)
                .patience(Duration.ofSeconds(wait))
                .until(hangup)
                .orNull(ClaimedTask.class);
    }

    /** Renews leases; the answer names what to stop and what is lost. */
    public PingAnswer ping(PingRequest request) throws IOException {
        return api.request("POST", "tasks", "ping").json(request).repeatable().as(PingAnswer.class);
    }

    /** Says that a worker ends: its claims wait no longer, and what it held is handed out again at once. */
    public void leave(LeaveRequest request) throws IOException {
        api.request("POST", "tasks", "leave").json(request).send();
    }

    /** Reports the outcome; the same report twice has one effect. */
    public Task report(long id, TaskReport report) throws IOException {
        return api.request("POST", "tasks", id, "report")
                .json(report)
                .repeatable()
                .as(Task.class);
    }

    /** Uploads a file of a running task; known content is not stored twice. */
    public UploadedArtifact upload(long id, UUID lease, String name, Path file, String sha256) throws IOException {
        return api.request("PUT", "tasks", id, "artifacts", name)
                .header(LEASE, lease.toString())
                .header("Repr-Digest", Uploads.reprDigest(sha256))
                .body(Uploads.file(file))
                .repeatable()
                .as(UploadedArtifact.class);
    }

    /**
     * Appends to a running task's log.
     *
     * @param offset how much of the log the companion has; an {@code ApiException} with the member {@code offset} says
     *     otherwise
     * @return how much it has now
     */
    public long appendLog(long id, UUID lease, long offset, byte[] bytes) throws IOException {
        return api.request("PUT", "tasks", id, "log")
                .query("offset", offset)
                .header(LEASE, lease.toString())
                .body(RequestBody.create(bytes, BYTES))
                .repeatable()
                .as(LogPosition.class)
                .offset();
    }

    /**
     * A piece of a task's log from an offset on.
     *
     * @param limit bytes; whatever else comes is left for the next piece
     */
    public LogPiece log(long id, long offset, int limit) throws IOException {
        try (Response response = api.request("GET", "tasks", id, "log")
                .query("offset", offset)
                .query("limit", limit)
                .open()) {
            InputStream in = response.body().byteStream();
            byte[] bytes = in.readNBytes(limit);
            if (bytes.length == limit && in.read() >= 0) {
                return new LogPiece(bytes, offset + limit, false);
            }
            String next = response.header("Slipway-Log-Offset");
            return new LogPiece(
                    bytes,
                    next == null ? offset + bytes.length : Long.parseLong(next),
                    Boolean.parseBoolean(response.header("Slipway-Log-Complete")));
        }
    }

    public Task get(long id) throws IOException {
        return api.request("GET", "tasks", id, "").as(Task.class);
    }

    /** Why a task waits. */
    public TaskExplanation explain(long id) throws IOException {
        return api.request("GET", "tasks", id, "explain").as(TaskExplanation.class);
    }
}
