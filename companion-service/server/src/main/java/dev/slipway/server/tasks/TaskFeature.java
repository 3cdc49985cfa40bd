package dev.slipway.server.tasks;

import dev.slipway.server.blobs.Blobs;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.events.Outbox;
import dev.slipway.server.http.Streams;
import dev.slipway.server.workers.Workers;
import java.time.Clock;

/** The parts of this feature, put together; other features add their {@link TaskKind} and use what they need. */
public record TaskFeature(
        TaskSettings settings,
        Workers workers,
        TaskKinds kinds,
        TaskStore store,
        TaskEnds ends,
        TaskCancel cancel,
        TaskRestart restart,
        TaskLogs logs,
        LogFeeds feeds,
        Leases leases,
        Claims claims,
        TaskReports reports,
        TaskReaper reaper,
        TaskExplainer explainer) {

    public static TaskFeature of(
            TaskSettings settings,
            Workers workers,
            Clock clock,
            Transactions transactions,
            Blobs blobs,
            Outbox outbox,
            Streams streams) {
        TaskKinds kinds = new TaskKinds();
        TaskStore store = new TaskStore(settings);
        TaskEnds ends = new TaskEnds(kinds, new TaskEvents(outbox), clock);
        TaskLogs logs = new TaskLogs(transactions, blobs, settings, clock);
        return new TaskFeature(
                settings,
                workers,
                kinds,
                store,
                ends,
                new TaskCancel(ends),
                new TaskRestart(clock),
                logs,
                new LogFeeds(logs, streams),
                new Leases(transactions, settings, clock),
                new Claims(transactions, new TaskQueue(settings, clock), store, kinds, ends, workers, settings),
                new TaskReports(transactions, store, kinds, ends, logs, clock),
                new TaskReaper(transactions, store, ends, logs, settings, clock),
                new TaskExplainer(store, workers, clock));
    }
}
