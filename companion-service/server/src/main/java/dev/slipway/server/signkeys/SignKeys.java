package dev.slipway.server.signkeys;

import dev.slipway.api.signing.SignKey;
import dev.slipway.api.signing.SignKeyRequest;
import dev.slipway.api.signing.SignKeyUpdate;
import dev.slipway.server.database.Sql;
import dev.slipway.server.database.SqlStates;
import dev.slipway.server.events.Outbox;
import dev.slipway.server.http.ProblemException;
import dev.slipway.server.identity.Audit;
import dev.slipway.server.identity.Caller;
import java.net.URI;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.hibernate.HibernateException;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** Records sign keys and says which may sign. */
public final class SignKeys {
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_DESCRIPTION = 2_000;
    private static final String SELECT = "select " + StoredSignKey.COLUMNS + " from sign_key k ";

    private final Clock clock;
    private final Audit audit;
    private final Outbox outbox;

    public SignKeys(Clock clock, Audit audit, Outbox outbox) {
        this.clock = clock;
        this.audit = audit;
        this.outbox = outbox;
    }

    /** The key of that id. */
    public Optional<StoredSignKey> find(long id, StatelessSession session) {
        return Sql.one(session, SELECT + "where k.id = ?", StoredSignKey::read, id);
    }

    /** The key of that id, which must exist (404). */
    public StoredSignKey get(long id, StatelessSession session) {
        return find(id, session).orElseThrow(() -> ProblemException.notFound("sign key", id));
    }

    /** The keys of these ids, by id. */
    public Map<Long, StoredSignKey> all(Collection<Long> ids, StatelessSession session) {
        return Sql.list(session, SELECT + "where k.id = any(?)", StoredSignKey::read, ids).stream()
                .collect(Collectors.toMap(StoredSignKey::id, key -> key));
    }

    /** Keys with ids above {@code afterId}, by id. */
    List<SignKey> list(boolean archived, long afterId, long offset, int limit, StatelessSession session) {
        var now = clock.instant();
        return Sql.list(
                session,
                SELECT + "where k.id > ? and (? or k.archived_at is null) order by k.id offset ? limit ?",
                row -> StoredSignKey.read(row).shown(now),
                afterId,
                archived,
                offset,
                limit);
    }

    long count(boolean archived, StatelessSession session) {
        return Sql.number(session, "select count(*) from sign_key where ? or archived_at is null", archived);
    }

    SignKey show(long id, StatelessSession session) {
        return get(id, session).shown(clock.instant());
    }

    /** Records a key; what is wrong with it is a 400 that names it. */
    SignKey create(SignKeyRequest request, Caller caller, StatelessSession session) {
        var identity = KeyIdentity.of(request.certificate(), request.keyid(), request.fingerprint());
        checkText(request.name(), request.description(), request.publicUrl());
        var url = request.publicUrl() == null ? servedUrl(identity.keyid()) : request.publicUrl();
        long id = insert(request, identity, url, session);
        setPlatforms(id, request.platformIds(), session);
        var key = show(id, session);
        audit.record(session, caller, "create", "sign-key", id, null, key);
        outbox.announce(session, "sign-key.created", "sign-key", id, Map.of("keyid", key.keyid(), "name", key.name()));
        return key;
    }

    private long insert(SignKeyRequest request, KeyIdentity identity, String url, StatelessSession session) {
        refuseDuplicates(request.name(), identity, session);
        try {
            return Sql.number(
                    session,
                    """
                    insert into sign_key (name, description, keyid, fingerprint, public_url, certificate, expires_at, inserted)
                    values (?, ?, ?, ?, ?, ?, ?, ?) returning id""",
                    request.name(),
                    Objects.requireNonNullElse(request.description(), ""),
                    identity.keyid(),
                    identity.fingerprint(),
                    url,
                    identity.armored(),
                    identity.expiresAt(),
                    clock.instant());
        } catch (HibernateException e) {
            throw duplicate(e, request.name(), identity);
        }
    }

    private static void refuseDuplicates(String name, KeyIdentity identity, StatelessSession session) {
        if (Sql.exists(
                session,
                "select 1 from sign_key where keyid = ? or fingerprint = ?",
                identity.keyid(),
                identity.fingerprint())) {
            throw KeyIdentity.fault("/keyid", identity.keyid() + " is recorded already");
        }
        if (Sql.exists(session, "select 1 from sign_key where name = ?", name)) {
            throw KeyIdentity.fault("/name", "'" + name + "' is another key's");
        }
    }

    /** For the one who came second in the same moment. */
    private static RuntimeException duplicate(RuntimeException e, String name, KeyIdentity identity) {
        if (SqlStates.violates(e, "sign_key_name_key")) {
            return KeyIdentity.fault("/name", "'" + name + "' is another key's");
        }
        boolean same = SqlStates.violates(e, "sign_key_keyid_key") || SqlStates.violates(e, "sign_key_fingerprint_key");
        return same ? KeyIdentity.fault("/keyid", identity.keyid() + " is recorded already") : e;
    }

    /**
     * Changes a key.
     *
     * @param expected refuses the current revision when it is not the one that the caller has seen
     */
    SignKey update(long id, SignKeyUpdate update, Caller caller, LongConsumer expected, StatelessSession session) {
        var before = Sql.one(session, SELECT + "where k.id = ? for update of k", StoredSignKey::read, id)
                .orElseThrow(() -> ProblemException.notFound("sign key", id));
        expected.accept(before.revision());
        refuseStale(before, update.revision());
        checkText(or(update.name(), before.name()), update.description(), update.publicUrl());
        var identity = identity(before, update);
        if (!or(update.name(), before.name()).equals(before.name())
                && Sql.exists(session, "select 1 from sign_key where name = ? and id <> ?", update.name(), id)) {
            throw KeyIdentity.fault("/name", "'" + update.name() + "' is another key's");
        }
        var archived = update.archived() == null
                ? before.archivedAt()
                : update.archived() ? or(before.archivedAt(), clock.instant()) : null;
        Sql.update(
                session,
                """
                update sign_key set name = ?, description = ?, public_url = ?, certificate = ?, expires_at = ?,
                    archived_at = ?, active = ?
                where id = ?""",
                or(update.name(), before.name()),
                or(update.description(), before.description()),
                or(update.publicUrl(), before.publicUrl()),
                identity.armored(),
                identity.expiresAt(),
                archived,
                archived == null,
                id);
        setPlatforms(id, update.platformIds(), session);
        var shownBefore = before.shown(clock.instant());
        if (show(id, session).equals(shownBefore)) {
            return shownBefore; // what a declaration repeats is no edit
        }
        Sql.update(session, "update sign_key set revision = revision + 1 where id = ?", id);
        var after = show(id, session);
        audit.record(session, caller, "update", "sign-key", id, shownBefore, after);
        outbox.announce(
                session, "sign-key.updated", "sign-key", id, Map.of("keyid", after.keyid(), "active", after.active()));
        return after;
    }

    private static void refuseStale(StoredSignKey key, @Nullable Integer revision) {
        if (revision != null && revision != key.revision()) {
            throw ProblemException.conflict("sign key " + key.id() + " is at revision " + key.revision() + " now, not "
                            + revision + ": read it again before changing it")
                    .with("revision", key.revision());
        }
    }

    /** The same key as before, perhaps with a new certificate. */
    private static KeyIdentity identity(StoredSignKey before, SignKeyUpdate update) {
        boolean same = update.certificate() == null;
        var identity = KeyIdentity.of(
                same ? before.armored() : update.certificate(),
                or(update.keyid(), before.keyid()),
                or(update.fingerprint(), before.fingerprint()));
        if (!identity.fingerprint().equals(before.fingerprint())) {
            throw KeyIdentity.fault("/fingerprint", "is another key's: record that as a key of its own");
        }
        return identity;
    }

    private static void checkText(String name, @Nullable String description, @Nullable String url) {
        if (name.isBlank() || name.length() > LONGEST_NAME || hasControls(name)) {
            throw KeyIdentity.fault("/name", "must be one line of 1 to " + LONGEST_NAME + " characters");
        }
        if (description != null && description.length() > LONGEST_DESCRIPTION) {
            throw KeyIdentity.fault("/description", "must have at most " + LONGEST_DESCRIPTION + " characters");
        }
        if (url != null && !isWebAddress(url) && !url.startsWith("/keys/")) {
            throw KeyIdentity.fault("/public_url", "must be an http or https address");
        }
    }

    private static boolean hasControls(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }

    private static boolean isWebAddress(String url) {
        try {
            var uri = URI.create(url);
            return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static void setPlatforms(long id, @Nullable List<Long> platforms, StatelessSession session) {
        if (platforms == null) {
            return;
        }
        var known = Sql.list(session, "select id from platform where id = any(?)", row -> row.number(1), platforms);
        for (int i = 0; i < platforms.size(); i++) {
            if (!known.contains(platforms.get(i))) {
                throw KeyIdentity.fault("/platform_ids/" + i, "there is no platform " + platforms.get(i));
            }
        }
        Sql.update(session, "delete from sign_key_platform where sign_key_id = ?", id);
        Sql.update(
                session,
                "insert into sign_key_platform (sign_key_id, platform_id) select ?, id from platform where id = any(?)",
                id,
                platforms);
    }

    private static String servedUrl(String keyid) {
        return "/keys/" + keyid.toLowerCase(Locale.ROOT) + ".asc";
    }

    private static <T> T or(@Nullable T given, T otherwise) {
        return given == null ? otherwise : given;
    }
}
