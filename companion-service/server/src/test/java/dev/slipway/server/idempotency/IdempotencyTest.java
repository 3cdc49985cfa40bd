package dev.slipway.server.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.server.database.Database;
import dev.slipway.server.database.DatabaseAddress;
import dev.slipway.server.database.Sql;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.http.ProblemException;
import dev.slipway.server.identity.Caller;
import dev.slipway.server.identity.Rights;
import dev.slipway.server.testing.TestClock;
import dev.slipway.server.testing.TestPostgres;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class IdempotencyTest {
    private static final TestClock CLOCK = new TestClock();
    private static final String OPERATION = "POST /api/v1/orders";
    private static String url;
    private static Database database;
    private static Transactions transactions;
    private static Idempotency idempotency;

    private final Caller ada = user("ada");
    private final String key = UUID.randomUUID().toString();

    @BeforeAll
    static void open() {
        url = TestPostgres.instance().newDatabase();
        database = Database.open(DatabaseAddress.parse(url), 8, List.of());
        transactions = new Transactions(database);
        idempotency = new Idempotency(CLOCK, transactions);
        transactions.run(session ->
                Sql.execute(session, "create table orders (id bigint generated always as identity, what text)"));
    }

    @AfterAll
    static void close() {
        database.close();
        TestPostgres.instance().drop(url);
    }

    private static Caller user(String name) {
        long id = transactions.call(session -> Sql.number(
                session,
                "insert into app_user (username, created_at) values (?, now())"
                        + " on conflict (username) do update set kind = 'person' returning id",
                name));
        return new Caller(id, name, 1L, "test", Set.of(), Rights.OF_ITS_TOKENS, null, "127.0.0.1", "trace");
    }

    @Test
    void givesTheSameRequestOneEffectAndOneAnswer() {
        Response first = order(ada, key, "tea");
        Response second = order(ada, key, "tea");

        assertThat(text(second)).isEqualTo(text(first));
        assertThat(second.getStatus()).isEqualTo(201);
        assertThat(second.getLocation()).isEqualTo(first.getLocation());
        assertThat(orders("tea")).isEqualTo(1);
    }

    @Test
    void countsEveryRequestWithoutAKey() {
        order(ada, null, "milk");
        order(ada, null, "milk");

        assertThat(orders("milk")).isEqualTo(2);
    }

    @Test
    void refusesAKeyThatCameWithAnotherRequest() {
        order(ada, key, "coffee");

        assertThatThrownBy(() -> order(ada, key, "cocoa"))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.name()).isEqualTo("idempotency-key-reused"));
        assertThat(orders("cocoa")).isZero();
    }

    @Test
    void keepsTheKeysOfUsersApart() {
        order(ada, key, "water");
        order(user("bob"), key, "water");

        assertThat(orders("water")).isEqualTo(2);
    }

    @Test
    void letsAFailedRequestBeSentAgain() {
        assertThatThrownBy(() -> idempotency.once(ada, key, OPERATION, Map.of("what", "rum"), session -> {
                    insert(session, "rum");
                    throw ProblemException.conflict("sold out");
                }))
                .isInstanceOf(ProblemException.class);

        order(ada, key, "rum");

        assertThat(orders("rum")).isEqualTo(1);
    }

    @Test
    void givesRequestsThatComeAtOnceOneEffect() {
        List<CompletableFuture<String>> answers = IntStream.range(0, 6)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> text(order(ada, key, "juice"))))
                .toList();

        assertThat(answers.stream().map(CompletableFuture::join).distinct()).hasSize(1);
        assertThat(orders("juice")).isEqualTo(1);
    }

    @Test
    void forgetsOldKeys() {
        order(ada, key, "wine");
        CLOCK.advance(Duration.ofDays(3));

        idempotency.prune();
        order(ada, key, "wine");

        assertThat(orders("wine")).isEqualTo(2);
    }

    private Response order(Caller caller, @Nullable String withKey, String what) {
        return idempotency.once(caller, withKey, OPERATION, Map.of("what", what), session -> {
            long id = insert(session, what);
            return Idempotency.Answer.created("/api/v1/orders/" + id, Map.of("id", id));
        });
    }

    private static long insert(StatelessSession session, String what) {
        return Sql.number(session, "insert into orders (what) values (?) returning id", what);
    }

    private static int orders(String what) {
        return Integer.parseInt(TestPostgres.value(url, "select count(*) from orders where what = '" + what + "'"));
    }

    private static String text(Response response) {
        return new String((byte[]) response.getEntity(), StandardCharsets.UTF_8);
    }
}
