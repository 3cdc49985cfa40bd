package dev.slipway.server.identity;

import dev.slipway.api.identity.Role;
import dev.slipway.api.identity.Token;
import dev.slipway.server.database.Sql;
import dev.slipway.server.database.Transactions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import org.hibernate.StatelessSession;

/** The first user and its token: without them nobody could make others. */
public final class Bootstrap {
    private static final String ADMIN = "admin";
    private static final String BOOTSTRAP = "bootstrap";

    private final Clock clock;
    private final Transactions transactions;
    private final Users users;
    private final Tokens tokens;
    private final Audit audit;

    public Bootstrap(Clock clock, Transactions transactions, Users users, Tokens tokens, Audit audit) {
        this.clock = clock;
        this.transactions = transactions;
        this.users = users;
        this.tokens = tokens;
        this.audit = audit;
    }

    /**
     * On the first start on a database, makes the user {@code admin} with a token of all scopes and writes the token's text
     * to {@code file}, readable by its owner alone, before the token becomes valid. Later starts only give that token the
     * scopes that a newer version brought: nobody else could hand them out.
     *
     * @return the token's text, the only time it is known
     */
    public Optional<String> firstStart(Path file) {
        return transactions.call(session -> {
            // Several companions may start at once on one new database.
            Sql.execute(session, "lock table app_user in share row exclusive mode");
            if (Sql.exists(session, "select 1 from app_user limit 1")) {
                widen(session);
                return Optional.empty();
            }
            long admin = users.insert(session, new AppUser(ADMIN, AppUser.PERSON, clock.instant()));
            Sql.update(
                    session,
                    "insert into role_grant (role, user_id, granted_at) values ('admin', ?, ?)",
                    admin,
                    clock.instant());
            Token token = tokens.insert(session, admin, ADMIN, BOOTSTRAP, Role.ADMIN.scopes(), null);
            audit.recordOwn(session, "create", "token", token.id(), null, Tokens.withoutSecret(token));
            String secret = Objects.requireNonNull(token.token());
            write(file, secret);
            return Optional.of(secret);
        });
    }

    private static void widen(StatelessSession session) {
        Sql.update(
                session,
                "update api_token set scopes = ? where id = (select min(t.id) from api_token t"
                        + " join app_user u on u.id = t.user_id where u.username = ? and t.name = ?)"
                        + " and revoked_at is null",
                Role.ADMIN.scopes(),
                ADMIN,
                BOOTSTRAP);
    }

    private static void write(Path file, String secret) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, secret + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the bootstrap token to " + file, e);
        }
    }
}
