package dev.slipway.server.composes;

import dev.slipway.api.composes.Compose;
import dev.slipway.api.composes.ComposeExtension;
import dev.slipway.api.composes.ComposeRequest;
import dev.slipway.api.identity.Scopes;
import dev.slipway.server.database.Notifications;
import dev.slipway.server.database.Sql;
import dev.slipway.server.http.ProblemException;
import dev.slipway.server.identity.Audit;
import dev.slipway.server.identity.Caller;
import dev.slipway.server.identity.Ownership;
import dev.slipway.server.publications.PublicationHash;
import dev.slipway.server.publications.PublicationOptions;
import dev.slipway.server.repositories.RepositoryType;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/**
 * What callers do with composes. Which packages one holds is settled when it is asked for; {@link ComposeGenerator} makes
 * them readable. Methods take part in their caller's transaction.
 */
public final class Composes {

    /** The one name of suites that composes have: part of the bytes, so it must not tell one compose from an equal one. */
    private static final String SUITE = "compose";

    private static final int LONGEST_TEXT = 200;

    private final ComposeRows rows;
    private final ComposeLife life;
    private final ComposeView view;
    private final PublicationHash hash;
    private final ComposeSettings settings;
    private final Audit audit;
    private final Clock clock;
    private final ComposeResolver resolver = new ComposeResolver();

    Composes(
            ComposeRows rows,
            ComposeLife life,
            ComposeView view,
            PublicationHash hash,
            ComposeSettings settings,
            Audit audit,
            Clock clock) {
        this.rows = rows;
        this.life = life;
        this.view = view;
        this.hash = hash;
        this.settings = settings;
        this.audit = audit;
        this.clock = clock;
    }

    /** Resolves a request and has it made; an equal compose that is there, or on its way, is shared. */
    Compose create(ComposeRequest request, Caller caller, StatelessSession session) {
        Lifetime lifetime = Lifetime.granted(
                request.lifetimeSeconds(), settings.defaultLifetime().toSeconds(), settings);
        checkText("label", request.label());
        checkText("event", request.event());
        ComposeContent content = resolver.resolve(request, session);
        Instant now = clock.instant();
        ContentSet set = contentSet(content, now, session);
        PublicationOptions shared = options(content, set.createdAt());
        String contentHash = hash.ofSet(content.type(), content.setHash(), shared, content.metadataKeyId());
        boolean share = !Boolean.TRUE.equals(request.noReuse());
        ComposeRows.Insert row = new ComposeRows.Insert(
                caller.userId(),
                request,
                content.type(),
                content.platformId(),
                set.id(),
                contentHash,
                share ? shared : alone(shared),
                content.metadataKeyId(),
                share ? rows.equalTo(contentHash, session).orElse(null) : null,
                null,
                lifetime.seconds(),
                "waiting to be made" + lifetime.note());
        return begin(row, now, caller, session);
    }

    /**
     * Makes a compose that is gone again: exactly its packages, with exactly its bytes.
     *
     * @throws ProblemException 404 when there never was one, 409 when it is not gone
     */
    Compose regenerate(long id, Caller caller, StatelessSession session) {
        StoredCompose former = get(id, session);
        if (former.state() != Compose.State.REMOVED && former.state() != Compose.State.FAILED) {
            throw ProblemException.conflict(
                    "compose " + id + " is " + former.state().word() + ", not gone; extend it instead");
        }
        boolean share = former.options().nonce() == null;
        ComposeRows.Insert row = new ComposeRows.Insert(
                caller.userId(),
                former.request(),
                former.type(),
                former.platformId(),
                former.contentSetId(),
                former.contentHash(),
                former.options(),
                former.signKeyId(),
                share ? rows.equalTo(former.contentHash(), session).orElse(null) : null,
                id,
                Lifetime.granted(former.lifetimeSeconds(), former.lifetimeSeconds(), settings)
                        .seconds(),
                "waiting to be made again, as compose " + id + " was");
        return begin(row, clock.instant(), caller, session);
    }

    private Compose begin(ComposeRows.Insert row, Instant now, Caller caller, StatelessSession session) {
        long id = rows.insert(row, now, session);
        StoredCompose made = get(id, session);
        life.announce(made, session);
        life.finishIfReady(made, session);
        Notifications.send(session, ComposeFeature.TOPIC, Notifications.ANYTHING);
        Compose answer = view.of(get(id, session));
        audit.record(session, caller, "create", "compose", id, null, answer);
        return answer;
    }

    Compose view(long id, StatelessSession session) {
        return view.of(get(id, session));
    }

    List<Compose> list(ComposeRows.Filter filter, long beforeId, long offset, int limit, StatelessSession session) {
        return rows.list(filter, beforeId, offset, limit, session).stream()
                .map(view::of)
                .toList();
    }

    long count(ComposeRows.Filter filter, StatelessSession session) {
        return rows.count(filter, session);
    }

    /**
     * Keeps a compose longer; never shorter.
     *
     * @param expected refuses the current revision when it is not the one that the caller has seen
     */
    Compose extend(
            long id, ComposeExtension extension, LongConsumer expected, Caller caller, StatelessSession session) {
        StoredCompose compose = lock(id, session);
        mayChange(compose, caller, session);
        expected.accept(compose.revision());
        if (compose.state() == Compose.State.REMOVED || compose.state() == Compose.State.FAILED) {
            throw ProblemException.conflict(
                    "compose " + id + " is " + compose.state().word() + "; make it again instead (regenerate)");
        }
        Lifetime lifetime = Lifetime.granted(extension.lifetimeSeconds(), compose.lifetimeSeconds(), settings);
        Instant asked = clock.instant().plusSeconds(lifetime.seconds());
        Instant until = asked.isAfter(compose.timeToExpire()) ? asked : compose.timeToExpire();
        Compose before = view.of(compose);
        Sql.update(
                session,
                "update compose set time_to_expire = ?, lifetime_seconds = greatest(lifetime_seconds, ?), state_reason = ?,"
                        + " revision = revision + 1 where id = ?",
                until,
                lifetime.seconds(),
                "extended until " + until.truncatedTo(ChronoUnit.SECONDS) + lifetime.note(),
                id);
        StoredCompose extended = get(id, session);
        audit.record(session, caller, "extend", "compose", id, before, view.of(extended));
        return view.of(extended);
    }

    /** Takes a compose away before its time; one that is gone already stays gone. */
    void delete(long id, LongConsumer expected, Caller caller, StatelessSession session) {
        StoredCompose compose = lock(id, session);
        mayChange(compose, caller, session);
        expected.accept(compose.revision());
        if (compose.state() != Compose.State.REMOVED) {
            life.remove(compose, caller.username(), "deleted by " + caller.username(), session);
            audit.record(session, caller, "delete", "compose", id, view.of(compose), null);
        }
    }

    private StoredCompose get(long id, StatelessSession session) {
        return rows.find(id, session).orElseThrow(() -> ProblemException.notFound("compose", id));
    }

    private StoredCompose lock(long id, StatelessSession session) {
        return rows.lock(id, session).orElseThrow(() -> ProblemException.notFound("compose", id));
    }

    private static void mayChange(StoredCompose compose, Caller caller, StatelessSession session) {
        Ownership.require(
                caller, compose.ownerId(), compose.owner(), Scopes.USERS_MANAGE, "compose " + compose.id(), session);
    }

    private static void checkText(String member, @Nullable String text) {
        if (text != null && (text.length() > LONGEST_TEXT || text.chars().anyMatch(Character::isISOControl))) {
            throw ProblemException.unprocessable(member + " is one line of at most " + LONGEST_TEXT + " characters");
        }
    }

    private record ContentSet(long id, Instant createdAt) {}

    /** The set of these packages: the one that is known, or a new one. */
    private static ContentSet contentSet(ComposeContent content, Instant now, StatelessSession session) {
        return Sql.one(
                        session,
                        """
                        insert into content_set (hash, package_ids, package_count, created_at) values (?, ?::bigint[], ?, ?)
                        on conflict (hash) do update set hash = excluded.hash returning id, created_at""",
                        row -> new ContentSet(row.number("id"), row.instant("created_at")),
                        content.setHash(),
                        content.packageIds(),
                        content.packageIds().size(),
                        now.truncatedTo(ChronoUnit.SECONDS))
                .orElseThrow();
    }

    private static PublicationOptions options(ComposeContent content, Instant time) {
        PublicationOptions.Debian debian = content.type() == RepositoryType.DEB
                ? new PublicationOptions.Debian(SUITE, "main", content.arches(), "Slipway", "Slipway compose")
                : null;
        return new PublicationOptions(PublicationOptions.GZIP, time, debian, null);
    }

    private static PublicationOptions alone(PublicationOptions shared) {
        return new PublicationOptions(
                shared.compression(),
                shared.time(),
                shared.debian(),
                UUID.randomUUID().toString());
    }
}
