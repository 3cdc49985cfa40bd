package dev.slipway.server.composes;

import dev.slipway.api.composes.Compose;
import dev.slipway.server.database.Sql;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.failpoints.Failpoints;
import dev.slipway.server.publications.Publication;
import dev.slipway.server.publications.Publications;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hibernate.StatelessSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes waiting composes, one after the other, and ends those whose time is over. Work that died with its process is
 * taken up again when its lease runs out.
 */
final class ComposeGenerator {

    /** Longer than any compose takes; how soon one is taken up again after a crash. */
    private static final Duration LEASE = Duration.ofMinutes(10);

    /** Before something that went wrong is tried again. */
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private static final int MOST_ATTEMPTS = 5;
    private static final int EXPIRY_BATCH = 100;
    private static final Logger LOG = LoggerFactory.getLogger(ComposeGenerator.class);

    private final Transactions transactions;
    private final ComposeRows rows;
    private final ComposeLife life;
    private final Publications publications;
    private final Clock clock;

    ComposeGenerator(
            Transactions transactions, ComposeRows rows, ComposeLife life, Publications publications, Clock clock) {
        this.transactions = transactions;
        this.rows = rows;
        this.life = life;
        this.publications = publications;
        this.clock = clock;
    }

    /** Makes all that waits, and ends what has waited too long for its signature. */
    void generate() {
        giveUpUnsigned();
        for (Optional<StoredCompose> next = claim(); next.isPresent(); next = claim()) {
            make(next.get());
        }
    }

    private void giveUpUnsigned() {
        for (ComposeRows.Awaiting overdue : transactions.read(session -> rows.overdue(clock.instant(), session))) {
            transactions.run(session -> life.giveUp(overdue.id(), overdue.publicationId(), session));
        }
    }

    private Optional<StoredCompose> claim() {
        return transactions.call(session -> {
            Instant now = clock.instant();
            Optional<Long> id = Sql.one(session, """
                    select id from compose where state = 0 or (state = 1 and publication_id is null and lease_expires_at < ?)
                    order by id limit 1 for update skip locked""", row -> row.number("id"), now);
            id.ifPresent(found -> start(found, now, session));
            return id.flatMap(found -> rows.find(found, session));
        });
    }

    private void start(long id, Instant now, StatelessSession session) {
        Sql.update(session, """
                update compose set state = 1, attempts = attempts + 1, lease_expires_at = ?, revision = revision + 1,
                    time_started = coalesce(time_started, ?) where id = ?""", now.plus(LEASE), now, id);
        life.announce(rows.find(id, session).orElseThrow(), session);
    }

    private void make(StoredCompose compose) {
        Failpoints.reach("compose.claimed");
        if (compose.attempts() > MOST_ATTEMPTS) {
            fail(compose, "its making was interrupted " + MOST_ATTEMPTS + " times");
            return;
        }
        Publication publication;
        try {
            publication = publications.prepareSet(
                    compose.contentSetId(), compose.type(), compose.options(), compose.signKeyId());
        } catch (RuntimeException e) {
            LOG.warn("compose {} could not be made and will be tried again", compose.id(), e);
            postpone(compose);
            return;
        }
        Failpoints.reach("compose.published");
        transactions.run(session -> life.settle(compose.id(), publication.id(), session));
    }

    private void fail(StoredCompose compose, String reason) {
        transactions.run(session -> rows.lock(compose.id(), session)
                .filter(c -> c.state() == Compose.State.GENERATING)
                .ifPresent(c -> life.failed(c, reason, session)));
    }

    private void postpone(StoredCompose compose) {
        transactions.run(session -> Sql.update(
                session,
                "update compose set lease_expires_at = ? where id = ? and state = 1",
                clock.instant().plus(PAUSE),
                compose.id()));
    }

    /** Removes what has lived its time. */
    void expire() {
        int expired;
        do {
            expired = transactions.call(this::expireSome);
        } while (expired == EXPIRY_BATCH);
    }

    private int expireSome(StatelessSession session) {
        List<Long> due = Sql.list(session, """
                select id from compose where state in (2, 4) and time_to_expire <= ?
                order by time_to_expire limit ? for update skip locked""", row -> row.number("id"), clock.instant(), EXPIRY_BATCH);
        for (long id : due) {
            rows.find(id, session).ifPresent(compose -> life.remove(compose, "slipway", "expired", session));
        }
        return due.size();
    }
}
