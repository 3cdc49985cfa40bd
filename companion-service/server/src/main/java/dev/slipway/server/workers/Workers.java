package dev.slipway.server.workers;

import dev.slipway.api.workers.Worker;
import dev.slipway.api.workers.WorkerRequest;
import dev.slipway.server.database.Sql;
import dev.slipway.server.http.ProblemException;
import dev.slipway.server.http.Violations;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** The workers that have registered: what they offer, and when they were last heard of. */
public final class Workers {
    private static final Set<String> KINDS = Set.of("build", "test", "sign");
    private static final Pattern NAME = Pattern.compile("[\\p{Alnum}][\\p{Alnum} ._:@/-]{0,199}");
    private static final int MOST_OFFERED = 200;
    /** How stale {@code last_seen_at} may be, so that a busy worker does not rewrite its row at each claim. */
    private static final Duration SEEN_STEP = Duration.ofSeconds(5);

    private final Duration silence;
    private final Clock clock;

    /** @param silence how long a worker counts as live without a word */
    public Workers(Duration silence, Clock clock) {
        this.silence = silence;
        this.clock = clock;
    }

    /** Registers a worker, or renews what the user's worker of that name offers. */
    public WorkerRow register(WorkerRequest request, long userId, StatelessSession session) {
        check(request);
        Instant now = clock.instant();
        return Sql.one(
                        session,
                        """
                        insert into worker as w (user_id, name, kinds, arches, key_ids, version, created_at, last_seen_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?)
                        on conflict (name) do update
                           set kinds = excluded.kinds, arches = excluded.arches, key_ids = excluded.key_ids,
                               version = excluded.version, last_seen_at = excluded.last_seen_at
                         where w.user_id = excluded.user_id
                        returning
                        """ + WorkerRow.COLUMNS,
                        WorkerRow::read,
                        userId,
                        request.name(),
                        request.kinds(),
                        request.arches(),
                        upperCase(request.keyIds()),
                        request.version(),
                        now,
                        now)
                .orElseThrow(() -> ProblemException.conflict("a worker of another user is called " + request.name()));
    }

    /** Whether there is a worker of that name, whoever's it is. */
    public boolean exists(String name, StatelessSession session) {
        return Sql.exists(session, "select 1 from worker where name = ?", name);
    }

    /** Refuses offers that no task could ever match (422). */
    public static void check(WorkerRequest request) {
        Violations violations = new Violations();
        violations.check(
                NAME.matcher(request.name()).matches(),
                "/name",
                "has 1 to 200 letters, digits, spaces and ._:@/- and starts with a letter or digit");
        checkOffer(request.kinds(), request.arches(), request.keyIds(), violations);
        violations.throwIfAny();
    }

    /** Notes what is wrong with an offer. */
    public static void checkOffer(
            @Nullable List<String> kinds,
            @Nullable List<String> arches,
            @Nullable List<String> keyIds,
            Violations violations) {
        for (String kind : kinds == null ? List.<String>of() : kinds) {
            violations.check(KINDS.contains(kind), "/kinds", "'" + kind + "' is not one of build, test, sign");
        }
        for (String arch : arches == null ? List.<String>of() : arches) {
            note(Slots.faultOfArch(arch), "/arches", violations);
        }
        for (String keyId : keyIds == null ? List.<String>of() : keyIds) {
            note(Slots.faultOfKeyId(keyId), "/key_ids", violations);
        }
        violations.check(arches == null || arches.size() <= MOST_OFFERED, "/arches", "are too many");
        violations.check(keyIds == null || keyIds.size() <= MOST_OFFERED, "/key_ids", "are too many");
    }

    private static void note(@Nullable String fault, String pointer, Violations violations) {
        if (fault != null) {
            violations.check(false, pointer, fault);
        }
    }

    private static List<String> upperCase(@Nullable List<String> keyIds) {
        return keyIds == null
                ? List.of()
                : keyIds.stream().map(key -> key.toUpperCase(Locale.ROOT)).toList();
    }

    /** Which worker: its name and the user whose it is. */
    public record Identity(String name, long userId) {}

    /** The user's worker of that name; notes that it lives. */
    public Optional<WorkerRow> seen(String name, long userId, StatelessSession session) {
        Identity identity = new Identity(name, userId);
        return Optional.ofNullable(seen(Set.of(identity), session).get(identity));
    }

    /** Those of these workers that there are; notes that they live. */
    public Map<Identity, WorkerRow> seen(Set<Identity> identities, StatelessSession session) {
        List<WorkerRow> found = Sql.list(
                session,
                "select " + WorkerRow.COLUMNS + " from unnest(?::text[], ?::bigint[]) i(name, user_id)"
                        + " join worker w on w.name = i.name and w.user_id = i.user_id",
                WorkerRow::read,
                identities.stream().map(Identity::name).toList(),
                identities.stream().map(Identity::userId).toList());
        Instant now = clock.instant();
        List<Long> silent = found.stream()
                .filter(worker -> worker.lastSeenAt().plus(SEEN_STEP).isBefore(now))
                .map(WorkerRow::id)
                .toList();
        if (!silent.isEmpty()) {
            // locked in one order, so that two companions that see the same workers do not block each other
            Sql.update(session, """
                    update worker set last_seen_at = ? from
                           (select id from worker where id = any(?) order by id for no key update) w
                     where worker.id = w.id and last_seen_at < ?
                    """, now, silent, now);
        }
        return found.stream().collect(Collectors.toMap(row -> new Identity(row.name(), row.userId()), row -> row));
    }

    /** All that were heard of lately, by name. */
    public List<WorkerRow> live(Instant now, StatelessSession session) {
        return Sql.list(
                session,
                "select " + WorkerRow.COLUMNS + " from worker w where last_seen_at > ? order by name limit 1000",
                WorkerRow::read,
                now.minus(silence));
    }

    /** Workers with ids above {@code afterId}, by id. */
    public List<Worker> list(long afterId, long offset, int limit, StatelessSession session) {
        return views("where w.id > ? order by w.id offset ? limit ?", session, afterId, offset, limit);
    }

    public long count(StatelessSession session) {
        return Sql.number(session, "select count(*) from worker");
    }

    public Worker find(long id, StatelessSession session) {
        return views("where w.id = ?", session, id).stream()
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound("worker", id));
    }

    /** As {@link #find}, and nobody else changes it in the session's transaction. */
    Worker lock(long id, StatelessSession session) {
        Sql.list(session, "select 1 from worker where id = ? for no key update", row -> 1, id);
        return find(id, session);
    }

    /** Of a worker what changes only when somebody changes it: not what it holds, nor when it was heard of. */
    static Worker lasting(Worker worker) {
        return new Worker(
                worker.id(),
                worker.name(),
                worker.user(),
                worker.kinds(),
                worker.arches(),
                worker.keyIds(),
                worker.version(),
                worker.draining(),
                false,
                worker.createdAt(),
                worker.createdAt(),
                List.of());
    }

    /** Lets a worker finish what it holds and gives it nothing more, or lets it claim again. */
    public Worker drain(long id, boolean draining, StatelessSession session) {
        Sql.update(session, "update worker set draining = ? where id = ?", draining, id);
        return find(id, session);
    }

    private List<Worker> views(String condition, StatelessSession session, @Nullable Object... parameters) {
        Instant live = clock.instant().minus(silence);
        return Sql.list(
                session,
                "select " + WorkerRow.COLUMNS + """
                        , u.username,
                          array(select t.id from task t
                                 where t.worker_id = w.id and t.state in ('running', 'cancelling') order by t.id) as tasks
                          from worker w join app_user u on u.id = w.user_id
                        """ + condition,
                row -> {
                    WorkerRow worker = WorkerRow.read(row);
                    return new Worker(
                            worker.id(),
                            worker.name(),
                            row.text("username"),
                            worker.kinds(),
                            worker.arches(),
                            worker.keyIds(),
                            worker.version(),
                            worker.draining(),
                            worker.lastSeenAt().isAfter(live),
                            worker.createdAt(),
                            worker.lastSeenAt(),
                            row.numbers("tasks"));
                },
                parameters);
    }
}
