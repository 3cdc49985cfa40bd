package dev.slipway.server.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.slipway.api.identity.Role;
import dev.slipway.server.database.Notifications;
import dev.slipway.server.database.Row;
import dev.slipway.server.database.Sql;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.http.ProblemException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a user may do now. The answer is remembered for a few seconds; a change of grants, teams or accounts makes
 * this companion forget all of them before the change is answered, and every other one as soon as it hears of it.
 */
public final class GrantedRights {
    /** Wakes who must know that rights changed; they are found anew by then. */
    public static final String TOPIC = "rights";

    private static final Duration REMEMBERED = Duration.ofSeconds(5);
    private static final int MOST_REMEMBERED = 10_000;

    private record Account(boolean active, boolean bounded, String username) {}

    /** @param rights null when the account is closed */
    private record Known(
            long generation, String username, @Nullable Rights rights) {}

    private final Transactions transactions;
    private final Cache<Long, Known> known = Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterWrite(REMEMBERED)
            .build();

    /** Counts the changes heard of: what was read before the last one does not count, even if it was kept after it. */
    private final AtomicLong generation = new AtomicLong();

    public GrantedRights(Transactions transactions, Notifications notifications) {
        this.transactions = transactions;
        notifications.subscribe(TOPIC, key -> generation.incrementAndGet());
    }

    /**
     * What the user may do now.
     *
     * @throws ProblemException 401 when the account is banned or gone
     */
    public Rights of(long userId) {
        Known found = known.getIfPresent(userId);
        if (found == null || found.generation() != generation.get()) {
            long now = generation.get();
            found = transactions.read(session -> load(session, userId, now));
            known.put(userId, found);
        }
        if (found.rights() == null) {
            throw Authentication.invalidToken(
                    "the account " + found.username() + " is banned: ask who administers this companion");
        }
        return found.rights();
    }

    private static Known load(StatelessSession session, long userId, long generation) {
        Account account = Sql.one(
                        session,
                        "select username, active, kind = 'person' or governed as bounded from app_user where id = ?",
                        row -> new Account(row.flag("active"), row.flag("bounded"), row.text("username")),
                        userId)
                .orElseThrow(() -> Authentication.invalidToken("the account of the token is gone"));
        if (!account.active()) {
            return new Known(generation, account.username(), null);
        }
        Rights rights = account.bounded() ? Rights.of(roles(session, userId)) : Rights.OF_ITS_TOKENS;
        return new Known(generation, account.username(), rights);
    }

    private static List<Rights.Held> roles(StatelessSession session, long userId) {
        return Sql.list(
                session,
                "select role, distribution_id from role_grant where user_id = ? or team_id in"
                        + " (select team_id from team_member where user_id = ?)",
                GrantedRights::held,
                userId,
                userId);
    }

    private static Rights.Held held(Row row) throws SQLException {
        String word = row.text("role");
        return new Rights.Held(
                Role.named(word).orElseThrow(() -> new SQLException("an unknown role: " + word)),
                row.numberOrNull("distribution_id"));
    }

    /** Has what was remembered forgotten, here and everywhere, once the session's transaction commits. */
    public void changed(StatelessSession session) {
        Notifications.send(session, TOPIC, Notifications.ANYTHING);
        transactions.afterCommit(generation::incrementAndGet);
    }
}
