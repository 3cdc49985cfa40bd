package dev.slipway.server.releases;

import dev.slipway.server.database.Sql;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.failpoints.Failpoints;
import dev.slipway.server.http.ProblemException;
import dev.slipway.server.publications.Publication;
import dev.slipway.server.publications.Publications;
import dev.slipway.server.repositories.Repositories;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out commits, in three phases, each of which may be interrupted at any moment and is taken up again by whoever comes
 * first after the lease: the next versions of all repositories are drawn up and published where nobody sees them; their
 * signatures are awaited, without a thread; one transaction lets clients see all of them.
 */
final class ReleaseCommit {

    /** Before something that went wrong is tried again. */
    private static final Duration PAUSE = Duration.ofSeconds(15);

    private static final int MOST_ATTEMPTS = 10;
    private static final Logger LOG = LoggerFactory.getLogger(ReleaseCommit.class);

    private final Transactions transactions;
    private final ReleaseRows rows;
    private final ReleaseTargets targets;
    private final Releases releases;
    private final ReleaseLife life;
    private final ReleaseSwitch releaseSwitch;
    private final Repositories repositories;
    private final Publications publications;
    private final Duration lease;
    private final Duration patience;
    private final Clock clock;

    /**
     * @param lease after which a commit whose process died is taken up again
     * @param patience how long a commit waits for the signatures of its metadata
     */
    ReleaseCommit(
            Transactions transactions,
            ReleaseRows rows,
            ReleaseTargets targets,
            Releases releases,
            ReleaseLife life,
            ReleaseSwitch releaseSwitch,
            Repositories repositories,
            Publications publications,
            Duration lease,
            Duration patience,
            Clock clock) {
        this.transactions = transactions;
        this.rows = rows;
        this.targets = targets;
        this.releases = releases;
        this.life = life;
        this.releaseSwitch = releaseSwitch;
        this.repositories = repositories;
        this.publications = publications;
        this.lease = lease;
        this.patience = patience;
        this.clock = clock;
    }

    /** Does what can be done now of all commits under way. */
    void run() {
        giveUpUnsigned();
        for (Optional<StoredRelease> next = claim(); next.isPresent(); next = claim()) {
            advance(next.get());
        }
    }

    /** Ends commits that nobody signs for: other releases into the same repositories wait for their end. */
    private void giveUpUnsigned() {
        for (long id :
                transactions.read(session -> rows.unsignedSince(clock.instant().minus(patience), session))) {
            transactions.run(session -> {
                StoredRelease release = inPhase(id, Phase.SIGNING, session);
                if (release != null && release.awaitedKeys() != null) {
                    life.failed(
                            release,
                            "nobody signed its metadata with " + release.awaitedKeys() + " within "
                                    + patience.toMinutes()
                                    + " minutes: start a worker that holds the key, then commit the release again",
                            session);
                }
            });
        }
    }

    private Optional<StoredRelease> claim() {
        return transactions.call(session -> {
            Instant now = clock.instant();
            Optional<Long> id = Sql.one(session, """
                    select id from release r where status = 2 and (lease_expires_at is null or lease_expires_at < ?)
                      and (phase <> 'signing' or not exists (select from release_target t
                        join publication p on p.id in (t.from_publication_id, t.to_publication_id)
                        where t.release_id = r.id and p.state in ('preparing', 'signing')))
                    order by id limit 1 for update skip locked""", row -> row.number("id"), now);
            id.ifPresent(found -> Sql.update(
                    session,
                    "update release set lease_expires_at = ?, attempts = attempts + 1 where id = ?",
                    now.plus(lease),
                    found));
            return id.flatMap(found -> rows.find(found, session));
        });
    }

    private void advance(StoredRelease release) {
        Failpoints.reach("release.claimed");
        try {
            if (release.attempts() > MOST_ATTEMPTS) {
                fail(release, "it was interrupted " + MOST_ATTEMPTS + " times");
            } else if (release.phase() == Phase.PREPARING) {
                prepare(release);
            } else if (release.phase() == Phase.SIGNING) {
                transactions.run(session -> settle(release.id(), session));
            } else {
                show(release);
            }
        } catch (ProblemException e) {
            fail(release, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.warn("the commit of release {} was interrupted and will be taken up again", release.id(), e);
            postpone(release);
        }
    }

    private void prepare(StoredRelease release) {
        List<ReleaseTargets.Target> drafted = transactions.call(session -> draft(release.id(), session));
        Failpoints.reach("release.drafted");
        for (ReleaseTargets.Target target : drafted) {
            if (!target.isPublished()) {
                publish(release, target);
                Failpoints.reach("release.published");
            }
        }
        transactions.run(session -> settle(release.id(), session));
        Failpoints.reach("release.prepared");
    }

    /** Draws up all next versions, unless that was done and nothing has changed since. */
    private List<ReleaseTargets.Target> draft(long id, StatelessSession session) {
        StoredRelease release = inPhase(id, Phase.PREPARING, session);
        if (release == null) {
            return List.of();
        }
        List<ReleaseTargets.Target> former = targets.of(id, session);
        if (!former.isEmpty() && former.stream().allMatch(t -> t.currentVersion() == t.fromVersion())) {
            return former;
        }
        targets.clear(id, session);
        CheckedPlan checked = releases.checked(release, release.plan(), session);
        if (checked.blocked()) {
            throw ReleaseProblems.blocked(release, checked.red());
        }
        for (RepositoryChange change : checked.changes()) {
            if (!change.isEmpty()) {
                draft(release, change, session);
            }
        }
        return targets.of(id, session);
    }

    private void draft(StoredRelease release, RepositoryChange change, StatelessSession session) {
        long repository = change.place().id();
        int version = repositories.draft(
                repository, change.addedIds(), change.removedIds(), "release " + release.id(), session);
        // locked by now, and perhaps changed since the plan was checked: then the switch finds out
        int from = repositories.get(repository, session).currentVersion();
        if (version != from) {
            targets.add(release.id(), repository, from, version, session);
        }
    }

    private void publish(StoredRelease release, ReleaseTargets.Target target) {
        Long shown = transactions.read(session -> targets.shown(target.repositoryId(), target.fromVersion(), session));
        // the channel lags behind its repository: what it would show is what an undo has to go back to
        long from = shown == null ? made(target, target.fromVersion()) : shown;
        long to = made(target, target.toVersion());
        transactions.run(session -> {
            targets.setPublications(release.id(), target.repositoryId(), from, to, session);
            Sql.update(
                    session,
                    "update release set lease_expires_at = ? where id = ? and status = 2",
                    clock.instant().plus(lease),
                    release.id());
        });
    }

    private long made(ReleaseTargets.Target target, int version) {
        Publication publication = publications.prepare(target.repositoryId(), version);
        if (publication.state() == Publication.State.FAILED) {
            throw ProblemException.conflict(
                    "repository " + target.repository() + " (" + target.arch() + "): " + publication.error());
        }
        return publication.id();
    }

    /** Goes on to the next phase as soon as everything is signed, or ends the commit when something will not be. */
    private void settle(long id, StatelessSession session) {
        StoredRelease release = rows.lock(id, session);
        if (release.status() != ReleaseStatus.IN_PROGRESS || release.phase() == Phase.SWITCHING) {
            return;
        }
        List<ReleaseTargets.PublicationState> states = targets.publications(id, session);
        Optional<String> failed = states.stream()
                .filter(s -> s.state().equals("failed"))
                .map(s -> String.valueOf(s.error()))
                .findFirst();
        if (failed.isPresent()) {
            life.failed(release, failed.get(), session);
        } else if (states.stream().allMatch(s -> s.state().equals("ready"))) {
            life.entered(release, Phase.SWITCHING, session);
        } else if (release.phase() == Phase.PREPARING) {
            life.entered(release, Phase.SIGNING, session);
        }
    }

    private void show(StoredRelease release) {
        try {
            transactions.run(session -> {
                StoredRelease now = inPhase(release.id(), Phase.SWITCHING, session);
                if (now != null) {
                    releaseSwitch.commit(now, session);
                    Failpoints.reach("release.before-switch");
                }
            });
            Failpoints.reach("release.switched");
        } catch (ReleaseSwitch.OvertakenException e) {
            LOG.info("release {}: {}; its versions are drawn up again", release.id(), e.getMessage());
            transactions.run(session -> {
                StoredRelease now = inPhase(release.id(), Phase.SWITCHING, session);
                if (now != null) {
                    targets.clear(now.id(), session);
                    life.entered(now, Phase.PREPARING, session);
                }
            });
        }
    }

    /** The release, locked, if it is still at this; it may have been stopped or taken over. */
    private @Nullable StoredRelease inPhase(long id, Phase phase, StatelessSession session) {
        StoredRelease release = rows.lock(id, session);
        return release.status() == ReleaseStatus.IN_PROGRESS && release.phase() == phase ? release : null;
    }

    private void fail(StoredRelease release, String reason) {
        LOG.info("release {} failed: {}", release.id(), reason);
        transactions.run(session -> {
            StoredRelease now = rows.lock(release.id(), session);
            if (now.status() == ReleaseStatus.IN_PROGRESS) {
                life.failed(now, reason, session);
            }
        });
    }

    private void postpone(StoredRelease release) {
        transactions.run(session -> Sql.update(
                session,
                "update release set lease_expires_at = ? where id = ? and status = 2",
                clock.instant().plus(PAUSE),
                release.id()));
    }
}
