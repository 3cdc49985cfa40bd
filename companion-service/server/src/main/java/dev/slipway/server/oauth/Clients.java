package dev.slipway.server.oauth;

import dev.slipway.api.identity.Client;
import dev.slipway.api.identity.ClientRequest;
import dev.slipway.api.identity.Scopes;
import dev.slipway.server.database.Row;
import dev.slipway.server.database.Sql;
import dev.slipway.server.http.ProblemException;
import dev.slipway.server.http.Violations;
import dev.slipway.server.identity.AskedScopes;
import dev.slipway.server.identity.Audit;
import dev.slipway.server.identity.Authentication;
import dev.slipway.server.identity.Caller;
import dev.slipway.server.identity.Secrets;
import dev.slipway.server.identity.Users;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.hibernate.StatelessSession;

/** Makes, lists and revokes service clients, and tells whether one is who it says. */
public final class Clients {
    private static final String SECRET_PREFIX = "slc_";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,79}");
    private static final Pattern CLIENT_ID = Pattern.compile(NAME.pattern() + "-[0-9a-f]{8}");
    private static final String SELECT =
            "select c.id, c.client_id, u.username, c.scopes, c.created_at, c.secret_at, c.last_used_at"
                    + " from oauth_client c join app_user u on u.id = c.user_id where c.revoked_at is null";

    private final Clock clock;
    private final Users users;
    private final Audit audit;
    private final Authentication authentication;

    public Clients(Clock clock, Users users, Audit audit, Authentication authentication) {
        this.clock = clock;
        this.users = users;
        this.audit = audit;
        this.authentication = authentication;
    }

    /** Makes a client; the answer alone holds its secret. */
    Client create(StatelessSession session, Caller caller, ClientRequest request) {
        Violations violations = new Violations()
                .check(NAME.matcher(request.name()).matches(), "/name", "must be 1 to 80 letters, digits and ._-");
        List<String> scopes = List.copyOf(AskedScopes.of(request.scopes(), request.role(), caller, violations));
        String name = request.name();
        long user = account(session, caller, name);
        String clientId =
                name + "-" + UUID.randomUUID().toString().substring(0, 8).toLowerCase(Locale.ROOT);
        String secret = Secrets.make(SECRET_PREFIX);
        Instant now = clock.instant();
        long id = Sql.number(
                session,
                "insert into oauth_client (client_id, user_id, scopes, secret_sha256, secret_at, created_at)"
                        + " values (?, ?, ?, ?, ?, ?) returning id",
                clientId,
                user,
                scopes,
                Secrets.digest(secret),
                now,
                now);
        Client made = new Client(id, clientId, name, scopes, now, now, null, secret);
        audit.record(session, caller, "create", "client", id, null, withoutSecret(made));
        return made;
    }

    /** A new account, so that the client has no rights but its own; one that is there belongs to somebody. */
    private long account(StatelessSession session, Caller caller, String name) {
        Optional<Users.Account> known = users.account(session, name);
        if (known.isPresent()) {
            if (!known.get().service()) {
                throw ProblemException.conflict(name + " is a person; a client acts as a service account of its own");
            }
            if (!caller.may(Scopes.USERS_MANAGE)) {
                throw ProblemException.forbidden("there is a service account " + name
                        + " already; giving it a client needs the scope " + Scopes.USERS_MANAGE);
            }
        }
        return users.idOfOrNewService(session, name);
    }

    /** Live clients, newest first. */
    List<Client> list(StatelessSession session, long before, long offset, int limit) {
        return Sql.list(
                session,
                SELECT + " and c.id < ? order by c.id desc offset ? limit ?",
                Clients::client,
                before,
                offset,
                limit);
    }

    long count(StatelessSession session) {
        return Sql.number(session, "select count(*) from oauth_client where revoked_at is null");
    }

    private Client find(StatelessSession session, long id) {
        return Sql.one(session, SELECT + " and c.id = ? for update of c", Clients::client, id)
                .orElseThrow(() -> ProblemException.notFound("client", id));
    }

    /** Gives a client a new secret; the former one and all tokens that it got are refused from now on. */
    Client renew(StatelessSession session, Caller caller, long id) {
        Client before = find(session, id);
        List<String> beyond =
                before.scopes().stream().filter(scope -> !caller.may(scope)).toList();
        if (!beyond.isEmpty()) {
            throw ProblemException.forbidden(
                    "this client has scopes that your token lacks: " + String.join(", ", beyond));
        }
        String secret = Secrets.make(SECRET_PREFIX);
        Instant now = clock.instant();
        Sql.update(
                session,
                "update oauth_client set secret_sha256 = ?, secret_version = secret_version + 1, secret_at = ?"
                        + " where id = ?",
                Secrets.digest(secret),
                now,
                id);
        authentication.forget(session);
        Client after = new Client(
                id,
                before.clientId(),
                before.name(),
                before.scopes(),
                before.createdAt(),
                now,
                before.lastUsedAt(),
                secret);
        audit.record(session, caller, "renew-secret", "client", id, before, withoutSecret(after));
        return after;
    }

    /** Refuses a client and all its tokens from now on. */
    void revoke(StatelessSession session, Caller caller, long id) {
        Client client = find(session, id);
        Sql.update(session, "update oauth_client set revoked_at = ? where id = ?", clock.instant(), id);
        authentication.forget(session);
        audit.record(session, caller, "revoke", "client", id, client, null);
    }

    /** The live client that this id and secret prove; empty when they prove none. */
    Optional<StoredClient> prove(StatelessSession session, String clientId, String secret) {
        return Sql.list(
                        session,
                        "select c.id, c.client_id, c.user_id, c.secret_version, c.scopes, c.secret_sha256"
                                + " from oauth_client c join app_user u on u.id = c.user_id"
                                + " where c.client_id = ? and c.revoked_at is null and u.active",
                        row -> Secrets.matches(row.bytes("secret_sha256"), secret)
                                ? Optional.of(stored(row))
                                : Optional.<StoredClient>empty(),
                        clientId)
                .stream()
                .flatMap(Optional::stream)
                .findFirst();
    }

    /**
     * Why a client and its secret proved nobody.
     *
     * @param id the client's, or {@code unknown}
     */
    record Refusal(String id, Map<String, String> facts) {}

    /** Finds out for the audit what was wrong with a client's proof. */
    Refusal refusal(StatelessSession session, String clientId) {
        return Sql.one(
                        session,
                        "select c.id, c.revoked_at, u.active from oauth_client c join app_user u on u.id = c.user_id"
                                + " where c.client_id = ?",
                        row -> new Refusal(
                                String.valueOf(row.number("id")),
                                Map.of(
                                        "client_id",
                                        clientId,
                                        "reason",
                                        row.instantOrNull("revoked_at") != null
                                                ? "the client is revoked"
                                                : row.flag("active")
                                                        ? "the secret is not the client's"
                                                        : "the client's account is closed")),
                        clientId)
                .orElseGet(() -> unknown(clientId));
    }

    /** What was shown is written down if it has the form of an id: people mix up ids and secrets. */
    private static Refusal unknown(String clientId) {
        Map<String, String> facts = new TreeMap<>(Map.of("reason", "there is no such client"));
        if (CLIENT_ID.matcher(clientId).matches()) {
            facts.put("client_id", clientId);
        }
        return new Refusal("unknown", facts);
    }

    /** Notes that a client got a token. */
    void used(StatelessSession session, StoredClient client) {
        Sql.update(session, "update oauth_client set last_used_at = ? where id = ?", clock.instant(), client.id());
    }

    private static StoredClient stored(Row row) throws SQLException {
        return new StoredClient(
                row.number("id"),
                row.text("client_id"),
                row.number("user_id"),
                row.integer("secret_version"),
                Set.copyOf(row.texts("scopes")));
    }

    private static Client client(Row row) throws SQLException {
        return new Client(
                row.number("id"),
                row.text("client_id"),
                row.text("username"),
                row.texts("scopes"),
                row.instant("created_at"),
                row.instant("secret_at"),
                row.instantOrNull("last_used_at"),
                null);
    }

    static Client withoutSecret(Client client) {
        return new Client(
                client.id(),
                client.clientId(),
                client.name(),
                client.scopes(),
                client.createdAt(),
                client.secretAt(),
                client.lastUsedAt(),
                null);
    }
}
