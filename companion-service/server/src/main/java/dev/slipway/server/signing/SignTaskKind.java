package dev.slipway.server.signing;

import dev.slipway.api.tasks.SignWork;
import dev.slipway.api.tasks.TaskReport;
import dev.slipway.server.database.Sql;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.http.ProblemException;
import dev.slipway.server.signkeys.SignKeys;
import dev.slipway.server.signkeys.StoredSignKey;
import dev.slipway.server.tasks.TaskKind;
import dev.slipway.server.tasks.TaskRow;
import dev.slipway.server.tasks.TaskState;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** The life of sign tasks: what a worker is told, and what becomes of the signatures when the task ends. */
public final class SignTaskKind implements TaskKind {
    private final Transactions transactions;
    private final SignKeys keys;
    private final BuildSigning builds;
    private final MetadataSignTasks metadata;

    public SignTaskKind(Transactions transactions, SignKeys keys, BuildSigning builds, MetadataSignTasks metadata) {
        this.transactions = transactions;
        this.keys = keys;
        this.builds = builds;
        this.metadata = metadata;
    }

    private record Stored(
            String purpose, StoredSignKey key, @Nullable Long publicationId, int payloads) {}

    private Stored load(long taskId, StatelessSession session) {
        return Sql.one(
                        session,
                        """
                        select st.purpose, st.sign_key_id, st.publication_id,
                               (select count(*) from sign_payload sp where sp.task_id = st.task_id) as payloads
                        from sign_task st where st.task_id = ?""",
                        row -> new Stored(
                                row.text("purpose"),
                                keys.get(row.number("sign_key_id"), session),
                                row.numberOrNull("publication_id"),
                                row.integer("payloads")),
                        taskId)
                .orElseThrow(() -> new IllegalStateException("sign task " + taskId + " has no row"));
    }

    @Override
    public String kind() {
        return SignTasks.KIND;
    }

    @Override
    public Map<Long, SignWork> describe(List<TaskRow> tasks, StatelessSession session) {
        return tasks.stream().collect(Collectors.toMap(TaskRow::id, task -> describe(task, session)));
    }

    private SignWork describe(TaskRow task, StatelessSession session) {
        var stored = load(task.id(), session);
        var key = stored.key();
        return new SignWork(task.id(), stored.purpose(), key.keyid(), key.fingerprint(), stored.payloads());
    }

    /** A worker that reports too early is told so, and may go on signing. */
    @Override
    public @Nullable Prepared prepare(TaskRow task, TaskReport report) {
        if (!report.outcome().equals("succeeded")) {
            return null;
        }
        int left = transactions.read(session -> Payloads.unsigned(task.id(), session));
        if (left > 0) {
            throw ProblemException.unprocessable("sign task " + task.id() + " still has " + left
                    + " payloads without a signature: send them before reporting success");
        }
        var stored = transactions.read(session -> load(task.id(), session));
        return stored.purpose().equals(SignTasks.OF_BUILD)
                ? builds.prepare(Objects.requireNonNull(task.buildId()), task.id(), stored.key())
                : null;
    }

    @Override
    public void reported(TaskRow task, TaskReport report, @Nullable Prepared prepared, StatelessSession session) {
        if (!report.outcome().equals("succeeded")) {
            return;
        }
        var stored = load(task.id(), session);
        if (stored.purpose().equals(SignTasks.OF_BUILD)) {
            builds.complete(Objects.requireNonNull(task.buildId()), task.id(), stored.key(), prepared, session);
        } else {
            metadata.complete(Objects.requireNonNull(stored.publicationId()), task.id(), session);
        }
    }

    @Override
    public void ended(TaskRow task, StatelessSession session) {
        var stored = load(task.id(), session);
        if (stored.publicationId() != null && task.state() != TaskState.SUCCEEDED) {
            var reason =
                    task.error() == null ? "its signing was " + task.state().word() : task.error();
            metadata.fail(stored.publicationId(), "key " + stored.key().keyid() + ": " + reason, session);
        }
    }
}
