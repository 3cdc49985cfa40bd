package dev.slipway.server.tasks;

import dev.slipway.server.blobs.Blob;
import dev.slipway.server.blobs.Blobs;
import dev.slipway.server.database.Notifications;
import dev.slipway.server.database.Sql;
import dev.slipway.server.database.Transactions;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** Logs of tasks: in pieces while the work goes on, one compressed artifact per attempt afterwards. Never altered. */
public final class TaskLogs {
    /** The topic of wake-ups for those who follow a log; the key is the task's id. */
    public static final String TOPIC = "log";

    private static final int PAGE = 1 << 20;

    private final Transactions transactions;
    private final Blobs blobs;
    private final TaskSettings settings;
    private final Clock clock;

    public TaskLogs(Transactions transactions, Blobs blobs, TaskSettings settings, Clock clock) {
        this.transactions = transactions;
        this.blobs = blobs;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * How far a log has got.
     *
     * @param size bytes so far
     * @param complete whether nothing will follow
     * @param kept the artifact's digest, when it is no longer in pieces
     */
    public record Extent(
            long size, boolean complete, @Nullable String kept) {}

    /** The bytes of an attempt's log, stored but not yet an artifact. */
    record Kept(int generation, long size, @Nullable Blob blob) {}

    /** Takes a piece from the task's holder and answers the offset of the next one. */
    public long append(long taskId, UUID lease, long userId, long offset, byte[] bytes) {
        return transactions.call(session -> {
            // the build's row stays unlocked: a log that is written must not wait for a sibling's report
            TaskRow task = Sql.one(
                            session,
                            "select " + TaskRow.COLUMNS + " from task t where id = ? for no key update",
                            TaskRow::read,
                            taskId)
                    .orElseThrow(() -> TaskProblems.noTask(taskId));
            task.requireHeldBy(lease, userId);
            long next = LogStore.append(task, offset, bytes, settings.logLimit(), session);
            Notifications.send(session, TOPIC, String.valueOf(taskId));
            return next;
        });
    }

    /** How far the log of the task's newest attempt has got. */
    public Extent extent(long taskId) {
        return transactions.read(session -> {
            TaskRow task = Sql.one(
                            session, "select " + TaskRow.COLUMNS + " from task t where id = ?", TaskRow::read, taskId)
                    .orElseThrow(() -> TaskProblems.noTask(taskId));
            String kept = Sql.one(
                            session,
                            "select blob_sha256 from artifact where task_id = ? and name = ?",
                            row -> row.text("blob_sha256"),
                            taskId,
                            artifactName(taskId, task.generation()))
                    .orElse(null);
            return new Extent(task.logSize(), task.state().hasEnded(), kept);
        });
    }

    /** Writes the bytes from {@code from} up to {@code to}, which must not be beyond the extent. */
    public void copy(long taskId, Extent extent, long from, long to, OutputStream out) throws IOException {
        if (extent.kept() != null) {
            copyKept(extent.kept(), from, to, out);
            return;
        }
        long position = from;
        while (position < to) {
            long start = position;
            int length = (int) Math.min(PAGE, to - position);
            byte[] bytes = transactions.read(session -> LogStore.read(taskId, start, length, session));
            if (bytes.length == 0) {
                // it became an artifact in the meantime
                String kept = extent(taskId).kept();
                if (kept == null) {
                    throw new IOException("the log of task " + taskId + " was begun anew");
                }
                copyKept(kept, position, to, out);
                return;
            }
            out.write(bytes);
            position += bytes.length;
        }
    }

    private void copyKept(String sha256, long from, long to, OutputStream out) throws IOException {
        try (InputStream log = new GZIPInputStream(blobs.open(sha256), PAGE / 8)) {
            log.skipNBytes(from);
            byte[] buffer = new byte[64 << 10];
            long left = to - from;
            int count;
            while (left > 0 && (count = log.read(buffer, 0, (int) Math.min(buffer.length, left))) >= 0) {
                out.write(buffer, 0, count);
                left -= count;
            }
        }
    }

    /** Stores the log as it is now in one compressed blob; {@link #attach} makes it count. Null when there is no such task. */
    @Nullable
    Kept keep(long taskId) {
        record Present(int generation, long size, boolean inPieces) {}
        Present present = transactions.read(session -> Sql.one(
                        session,
                        """
                        select generation, log_size, exists (select 1 from task_log where task_id = t.id) as in_pieces
                          from task t where id = ?
                        """,
                        row -> new Present(row.integer("generation"), row.number("log_size"), row.flag("in_pieces")),
                        taskId)
                .orElse(null));
        if (present == null || !present.inPieces()) {
            return present == null ? null : new Kept(present.generation(), present.size(), null);
        }
        try {
            return new Kept(present.generation(), present.size(), compress(taskId, present.size()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the log of task " + taskId, e);
        }
    }

    private Blob compress(long taskId, long size) throws IOException {
        Path file = Files.createTempFile("task-log", ".gz");
        try {
            try (OutputStream out =
                    new GZIPOutputStream(new BufferedOutputStream(Files.newOutputStream(file)), PAGE / 8)) {
                copy(taskId, new Extent(size, false, null), 0, size, out);
            }
            try (InputStream in = Files.newInputStream(file)) {
                return blobs.put(in, null, Blobs.MOST_BYTES);
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /**
     * Turns a kept log into an artifact, in place of the pieces.
     *
     * @param task with its row locked
     * @return false when the log is not the one that was kept; nothing is changed then
     */
    boolean attach(TaskRow task, @Nullable Kept log, StatelessSession session) {
        if (log == null || log.generation() != task.generation() || log.size() != task.logSize()) {
            return false;
        }
        Blob blob = log.blob();
        if (blob != null) {
            Sql.update(
                    session,
                    """
                    insert into artifact (task_id, name, type, blob_sha256, size, created_at) values (?, ?, 'log', ?, ?, ?)
                    on conflict (task_id, name) do nothing
                    """,
                    task.id(),
                    artifactName(task.id(), task.generation()),
                    blob.sha256(),
                    blob.size(),
                    clock.instant());
            LogStore.clear(task.id(), session);
        }
        return true;
    }

    static String artifactName(long taskId, int generation) {
        return "task-" + taskId + "." + generation + ".log.gz";
    }
}
