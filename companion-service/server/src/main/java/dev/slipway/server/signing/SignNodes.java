package dev.slipway.server.signing;

import dev.slipway.api.signing.FileToSign;
import dev.slipway.api.signing.SignTaskClaim;
import dev.slipway.api.signing.SignTaskCompletion;
import dev.slipway.api.signing.SignTaskOffer;
import dev.slipway.api.signing.SignTaskResult;
import dev.slipway.api.tasks.TaskReport;
import dev.slipway.api.workers.WorkerRequest;
import dev.slipway.packages.PackagePath;
import dev.slipway.server.channels.ServedUrls;
import dev.slipway.server.database.Sql;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.http.ProblemException;
import dev.slipway.server.identity.Caller;
import dev.slipway.server.tasks.Claims;
import dev.slipway.server.tasks.TaskLogs;
import dev.slipway.server.tasks.TaskReports;
import dev.slipway.server.tasks.TaskRow;
import dev.slipway.server.tasks.TaskState;
import dev.slipway.server.tasks.TaskStore;
import dev.slipway.server.workers.Slots;
import dev.slipway.server.workers.WorkerRow;
import dev.slipway.server.workers.Workers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/**
 * The founding system's protocol for external sign nodes, which sign whole files and know of no leases: the lease is bound
 * to the caller's token and lasts as long as the task may take, and asking again gives the same task again until it is
 * reported.
 */
public final class SignNodes {
    private final Transactions transactions;
    private final Workers workers;
    private final Claims claims;
    private final TaskStore tasks;
    private final TaskLogs logs;
    private final TaskReports reports;
    private final SignedUploads uploads;
    private final Signatures signatures;
    private final ServedUrls urls;

    public SignNodes(
            Transactions transactions,
            Workers workers,
            Claims claims,
            TaskStore tasks,
            TaskLogs logs,
            TaskReports reports,
            SignedUploads uploads,
            Signatures signatures,
            ServedUrls urls) {
        this.transactions = transactions;
        this.workers = workers;
        this.claims = claims;
        this.tasks = tasks;
        this.logs = logs;
        this.reports = reports;
        this.uploads = uploads;
        this.signatures = signatures;
        this.urls = urls;
    }

    /** A task with its files, or nothing to do. */
    SignTaskOffer offer(SignTaskClaim claim, Caller caller) {
        if (claim.keyIds().isEmpty()) {
            return SignTaskOffer.NOTHING;
        }
        var request = new WorkerRequest(
                "sign-node:" + caller.username(), List.of(SignTasks.KIND), List.of(), claim.keyIds(), null);
        WorkerRow worker = transactions.call(session -> workers.register(request, caller.userId(), session));
        var slots = claim.keyIds().stream()
                .map(key -> Slots.sign(key.toUpperCase(Locale.ROOT)))
                .collect(Collectors.toSet());
        var claimer = new Claims.Claimer(worker, slots);
        return claims.held(claimer)
                .or(() -> claims.attemptToTheEnd(claimer))
                .map(found -> transactions.read(session -> offer(found.task(), session)))
                .orElse(SignTaskOffer.NOTHING);
    }

    private SignTaskOffer offer(TaskRow task, StatelessSession session) {
        var keyid = Sql.one(
                        session,
                        "select k.keyid from sign_task st join sign_key k on k.id = st.sign_key_id where st.task_id = ?",
                        row -> row.text("keyid"),
                        task.id())
                .orElseThrow();
        var files = Sql.list(
                session,
                """
                select sp.id, sp.name, sp.kind, p.arch, served.path,
                       coalesce(served.sha256, b.sha256) as sha256, coalesce(served.size, b.size) as size,
                       coalesce(p.file_name, regexp_replace(sp.name, '^.*/', '')) as file_name
                from sign_payload sp join blob b on b.sha256 = sp.blob_sha256
                  join sign_task st on st.task_id = sp.task_id
                  left join package p on p.id = sp.package_id
                  left join lateral (
                    -- the same package, with whatever signatures it has by now
                    select c.path, file.sha256, file.size
                    from package q join blob file on file.sha256 = q.blob_sha256
                      join repository_package rp on rp.package_id = q.id and rp.removed_in is null
                      join repository r on r.id = rp.repository_id and r.build_id = st.build_id
                      join channel c on c.repository_id = r.id
                    where (q.id = p.id or q.origin_id = p.id) and p.format = 'rpm'
                    order by c.id limit 1) served on true
                where sp.task_id = ? order by sp.id""",
                row -> new FileToSign(
                        row.number("id"),
                        row.text("file_name"),
                        row.textOrNull("arch"),
                        PayloadKind.of(row.text("kind")) == PayloadKind.RPM_HEADER ? "rpm" : "changes",
                        address(row.textOrNull("path"), row.text("file_name"), row.text("sha256")),
                        row.text("sha256"),
                        row.number("size")),
                task.id());
        return new SignTaskOffer(task.id(), task.buildId(), keyid, false, files);
    }

    /** Where a node gets a file: without a token as long as the build's own repository serves it, else by its digest. */
    private String address(@Nullable String channel, String fileName, String sha256) {
        return channel == null
                ? urls.absolute("/api/v1/blobs/sha256/" + sha256)
                : urls.channel(channel) + PackagePath.rpm(fileName);
    }

    /**
     * Takes a node's report. Files that do not prove themselves end the task as failed with one line that says which and why.
     *
     * @throws ProblemException 409 when the task is not the caller's, 422 when files are missing or the build is another
     */
    SignTaskResult complete(long taskId, SignTaskCompletion completion, Caller caller) {
        var task = transactions
                .read(session -> tasks.find(taskId, session))
                .filter(t -> t.kind().equals(SignTasks.KIND))
                .orElseThrow(() -> ProblemException.notFound("sign task", taskId));
        if (completion.buildId() != null && !completion.buildId().equals(task.buildId())) {
            throw ProblemException.unprocessable(
                    "sign task " + taskId + " is not one of build " + completion.buildId());
        }
        var before = repeated(task, completion);
        if (before.isPresent()) {
            return before.get();
        }
        var lease = lease(task, caller);
        if (!completion.success()) {
            var message = Objects.requireNonNullElse(completion.errorMessage(), "the sign node gave no reason");
            noteLog(task, lease, completion.logHref(), caller);
            return report(taskId, lease, "failed", message, caller);
        }
        try {
            signatures.submit(taskId, lease, uploads.signatures(taskId, completion.packages()), caller);
        } catch (SignatureRefusedException e) {
            noteLog(task, lease, completion.logHref(), caller);
            return report(taskId, lease, "failed", e.getMessage(), caller);
        }
        noteLog(task, lease, completion.logHref(), caller);
        return report(taskId, lease, "succeeded", null, caller);
    }

    /** The same report again has the same answer and no effect. */
    private static Optional<SignTaskResult> repeated(TaskRow task, SignTaskCompletion completion) {
        boolean ended = task.state().hasEnded();
        boolean agrees = (task.state() == TaskState.SUCCEEDED) == completion.success();
        return ended && agrees ? Optional.of(new SignTaskResult(completion.success())) : Optional.empty();
    }

    private static UUID lease(TaskRow task, Caller caller) {
        var lease = task.leaseId();
        if (lease == null || !Objects.equals(task.leaseUserId(), caller.userId())) {
            throw ProblemException.of(
                    "lease-lost",
                    409,
                    "The lease is lost",
                    "sign task " + task.id() + " is not held by this caller: ask for a task anew");
        }
        return lease;
    }

    /** A node keeps its log itself; the task's own log, to which callers are led, says where. */
    private void noteLog(TaskRow task, UUID lease, @Nullable String href, Caller caller) {
        if (href != null && !href.isBlank()) {
            var line =
                    "the sign node's log: " + href.replaceAll("\\p{Cntrl}", " ").strip() + "\n";
            logs.append(task.id(), lease, caller.userId(), task.logSize(), line.getBytes(StandardCharsets.UTF_8));
        }
    }

    private SignTaskResult report(long taskId, UUID lease, String outcome, @Nullable String message, Caller caller) {
        reports.take(
                taskId,
                new TaskReport(lease, outcome, message, null, List.of(), null, null, List.of()),
                caller.userId());
        return new SignTaskResult(outcome.equals("succeeded"));
    }
}
