package dev.slipway.server.signing;

import dev.slipway.api.signing.SignKey;
import dev.slipway.api.signing.SignTask;
import dev.slipway.api.signing.SignTaskRequest;
import dev.slipway.server.database.Row;
import dev.slipway.server.database.Sql;
import dev.slipway.server.http.ProblemException;
import dev.slipway.server.identity.Audit;
import dev.slipway.server.identity.Caller;
import dev.slipway.server.signkeys.SignKeys;
import dev.slipway.server.signkeys.StoredSignKey;
import dev.slipway.server.tasks.NewTask;
import dev.slipway.server.tasks.TaskState;
import dev.slipway.server.tasks.TaskStore;
import dev.slipway.server.workers.Slots;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** Makes and shows sign tasks. */
public final class SignTasks {
    static final String KIND = "sign";
    static final String OF_BUILD = "build";
    static final String OF_METADATA = "metadata";

    private static final int MOST = 200;
    private static final int LONGEST_REASON = 500;
    private static final String SELECT = """
            select st.task_id, st.purpose, st.sign_key_id, st.build_id, st.publication_id, t.state, t.error, t.created_at,
                   t.finished_at,
                   (select count(*) from sign_payload sp where sp.task_id = st.task_id) as payloads,
                   (select count(sp.signature) from sign_payload sp where sp.task_id = st.task_id) as signed
            from sign_task st join task t on t.id = st.task_id """;

    private final Clock clock;
    private final SignKeys keys;
    private final TaskStore tasks;
    private final BuildPayloads buildPayloads;
    private final Audit audit;
    private final int timeoutSeconds;

    /** @param timeoutSeconds how long a worker may work on one task */
    public SignTasks(
            Clock clock, SignKeys keys, TaskStore tasks, BuildPayloads buildPayloads, Audit audit, int timeoutSeconds) {
        this.clock = clock;
        this.keys = keys;
        this.tasks = tasks;
        this.buildPayloads = buildPayloads;
        this.audit = audit;
        this.timeoutSeconds = timeoutSeconds;
    }

    /**
     * Asks that a build's packages be signed.
     *
     * @throws ProblemException 404 for an unknown build or key, 403 without the right to sign with it, 409 when the build is not finished, signed by that key
     *     already or being signed or its tests are missing, 400 when it has no packages, 422 when the key cannot sign or not for that platform
     */
    SignTask create(SignTaskRequest request, Caller caller, StatelessSession session) {
        boolean finished = Sql.one(
                        session,
                        "select finished_at is not null as finished from build where id = ? for no key update",
                        row -> row.flag("finished"),
                        request.buildId())
                .orElseThrow(() -> ProblemException.notFound("build", request.buildId()));
        var key = keys.get(request.signKeyId(), session);
        SignTargets.require(request.buildId(), key, caller, session);
        if (!finished) {
            throw ProblemException.conflict("build " + request.buildId() + " is not finished: sign it when it is");
        }
        requireUsable(key);
        String waiver = waiver(request);
        TestsBeforeSigning.require(request.buildId(), waiver, session);
        refuseSecond(request.buildId(), key, session);
        var payloads = buildPayloads.of(request.buildId(), key, session);
        long id = add(OF_BUILD, key, request.buildId(), null, caller.userId(), 0, session);
        Payloads.add(id, payloads, session);
        var task = show(id, session);
        audit.record(
                session,
                caller,
                "create",
                "sign-task",
                id,
                null,
                facts(request.buildId(), key, payloads.size(), waiver));
        return task;
    }

    private static Map<String, Object> facts(long buildId, StoredSignKey key, int payloads, @Nullable String waiver) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("build_id", buildId);
        facts.put("keyid", key.keyid());
        facts.put("payloads", payloads);
        if (waiver != null) {
            facts.put("without_tests", waiver);
        }
        return facts;
    }

    private static @Nullable String waiver(SignTaskRequest request) {
        String reason = request.withoutTests();
        if (reason != null && (reason.isBlank() || reason.length() > LONGEST_REASON)) {
            throw ProblemException.unprocessable(
                    "without_tests says why, in at most " + LONGEST_REASON + " characters");
        }
        return reason;
    }

    private void requireUsable(StoredSignKey key) {
        key.whyNotUsableAt(clock.instant()).ifPresent(reason -> {
            throw ProblemException.unprocessable("nothing can be signed: " + reason);
        });
    }

    private static void refuseSecond(long buildId, StoredSignKey key, StatelessSession session) {
        Sql.list(session, """
                        select t.id from sign_task st join task t on t.id = st.task_id
                        where st.build_id = ? and st.sign_key_id = ?
                          and t.state in ('blocked', 'ready', 'running', 'cancelling')""", row -> row.number("id"), buildId, key.id()).stream()
                .findFirst()
                .ifPresent(other -> {
                    throw ProblemException.conflict("sign task " + other + " signs build " + buildId + " with key "
                                    + key.keyid() + " already")
                            .with("sign_task_id", other);
                });
    }

    /** Stores a task, ready to be claimed, and its sign task. */
    long add(
            String purpose,
            StoredSignKey key,
            @Nullable Long buildId,
            @Nullable Long publicationId,
            long ownerId,
            int priority,
            StatelessSession session) {
        var now = clock.instant();
        var task =
                new NewTask(KIND, Slots.sign(key.keyid()), buildId, ownerId, "", priority, timeoutSeconds, List.of());
        long id = tasks.add(List.of(task), now, session).get(0);
        Sql.update(session, """
                insert into sign_task (task_id, purpose, sign_key_id, build_id, publication_id, created_at)
                values (?, ?, ?, ?, ?, ?)""", id, purpose, key.id(), buildId, publicationId, now);
        return id;
    }

    /** The task of that id, which must exist (404). */
    SignTask show(long id, StatelessSession session) {
        return views("where st.task_id = ?", session, id).stream()
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound("sign task", id));
    }

    /** The sign tasks of a build, newest first; of everything when no build is named. */
    List<SignTask> list(@Nullable Long buildId, long before, long offset, int limit, StatelessSession session) {
        return views(
                "where (? or st.build_id = ?) and st.task_id < ? order by st.task_id desc offset ? limit ?",
                session,
                buildId == null,
                buildId == null ? 0L : buildId,
                before,
                offset,
                Math.min(limit, MOST + 1));
    }

    long count(@Nullable Long buildId, StatelessSession session) {
        return Sql.number(
                session,
                "select count(*) from sign_task where (? or build_id = ?)",
                buildId == null,
                buildId == null ? 0L : buildId);
    }

    private List<SignTask> views(String condition, StatelessSession session, @Nullable Object... parameters) {
        var rows = Sql.list(session, SELECT + " " + condition, SignTaskRow::read, parameters);
        var now = clock.instant();
        var keysOfRows =
                keys.all(rows.stream().map(SignTaskRow::signKeyId).distinct().toList(), session);
        return rows.stream()
                .map(row -> row.shown(
                        Objects.requireNonNull(keysOfRows.get(row.signKeyId())).shown(now)))
                .toList();
    }

    private record SignTaskRow(
            long id,
            String purpose,
            long signKeyId,
            @Nullable Long buildId,
            @Nullable Long publicationId,
            TaskState state,
            @Nullable String error,
            Instant createdAt,
            @Nullable Instant finishedAt,
            int payloads,
            int signed) {

        static SignTaskRow read(Row row) throws SQLException {
            return new SignTaskRow(
                    row.number("task_id"),
                    row.text("purpose"),
                    row.number("sign_key_id"),
                    row.numberOrNull("build_id"),
                    row.numberOrNull("publication_id"),
                    TaskState.of(row.text("state")),
                    row.textOrNull("error"),
                    row.instant("created_at"),
                    row.instantOrNull("finished_at"),
                    row.integer("payloads"),
                    row.integer("signed"));
        }

        SignTask shown(SignKey key) {
            return new SignTask(
                    id,
                    buildId,
                    publicationId,
                    purpose,
                    key,
                    status(),
                    statusName(),
                    error,
                    "/api/v1/tasks/" + id + "/log",
                    payloads,
                    signed,
                    createdAt,
                    finishedAt);
        }

        private int status() {
            return switch (state) {
                case BLOCKED, READY -> 1;
                case RUNNING, CANCELLING -> 2;
                case SUCCEEDED, EXCLUDED -> 3;
                case FAILED, ERROR -> 4;
                case CANCELLED -> 5;
            };
        }

        private String statusName() {
            return switch (status()) {
                case 1 -> "idle";
                case 2 -> "in progress";
                case 3 -> "completed";
                case 4 -> "failed";
                default -> "cancelled";
            };
        }
    }
}
