package dev.slipway.server.events;

import dev.slipway.server.database.Notifications;
import dev.slipway.server.database.Sql;
import dev.slipway.server.database.Transactions;
import java.time.Clock;
import java.time.Duration;

/**
 * Puts committed outbox rows into the order in which everyone reads them. One companion at a time does it; ids alone would
 * not do, since a transaction may commit a smaller id after a larger one was read.
 */
public final class Dispatcher {
    /** The notifications' topic that says that there are new events to read. */
    public static final String TOPIC = "event";

    private static final long LOCK = 0x736c_6970_0001L;
    private static final int MOST = 1_000;
    private static final Duration KEPT = Duration.ofDays(7);

    private final Clock clock;
    private final Transactions transactions;

    public Dispatcher(Clock clock, Transactions transactions) {
        this.clock = clock;
        this.transactions = transactions;
    }

    /** Dispatches everything there is, in batches. */
    public void dispatch() {
        while (batch() == MOST) {}
    }

    private int batch() {
        return transactions.call(session -> {
            boolean mine = Sql.one(
                            session, "select pg_try_advisory_xact_lock(?) as mine", row -> row.flag("mine"), LOCK)
                    .orElse(false);
            if (!mine) {
                return 0;
            }
            int count = Sql.update(
                    session,
                    "with due as (select id, nextval('outbox_event_sequence') as next from ("
                            + "  select id from outbox_event where dispatched_at is null order by id limit ?) pending)"
                            + " update outbox_event e set dispatched_at = ?, sequence = due.next from due where e.id = due.id",
                    MOST,
                    clock.instant());
            if (count > 0) {
                Notifications.send(session, TOPIC, Notifications.ANYTHING);
            }
            return count;
        });
    }

    /** Forgets events that nobody can be waiting for any more. */
    public void prune() {
        transactions.run(session -> Sql.update(
                session,
                "delete from outbox_event where dispatched_at < ?",
                clock.instant().minus(KEPT)));
    }
}
