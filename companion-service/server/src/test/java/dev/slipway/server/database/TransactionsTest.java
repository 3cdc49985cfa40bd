package dev.slipway.server.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.server.testing.TestPostgres;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class TransactionsTest {
    private static String url;
    private static Database database;
    private static Transactions transactions;

    @BeforeAll
    static void open() {
        url = TestPostgres.instance().newDatabase();
        database = Database.open(DatabaseAddress.parse(url), 4, List.of());
        transactions = new Transactions(database);
        transactions.run(
                session -> Sql.execute(session, "create table account (id int primary key, amount int not null)"));
        transactions.run(
                session -> Sql.execute(session, "create table tagged (id int primary key, tags text[] not null)"));
        transactions.run(session -> Sql.update(session, "insert into account values (1, 0), (2, 0), (3, 0)"));
    }

    @AfterAll
    static void close() {
        database.close();
        TestPostgres.instance().drop(url);
    }

    @Test
    void rollsBackWhenTheWorkThrows() {
        assertThatThrownBy(() -> transactions.run(session -> {
                    Sql.update(session, "insert into account values (10, 0)");
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");

        assertThat(TestPostgres.value(url, "select count(*) from account where id = 10"))
                .isEqualTo("0");
    }

    // the driver prepares a statement on the server, and asks for its types, when it has run a few times
    @Test
    void takesAnEmptyArrayHoweverOftenAStatementRuns() {
        for (int i = 0; i < 12; i++) {
            List<String> names = i % 3 == 0 ? List.of("a", "b") : List.of();

            long count = transactions.read(session -> Sql.number(session, "select cardinality(?::text[])", names));

            assertThat(count).isEqualTo(names.size());
        }
    }

    // as above, where the statement itself says what type is needed
    @Test
    void takesAnEmptyArrayForAColumn() {
        for (int i = 0; i < 12; i++) {
            int id = 1000 + i;
            List<String> names = i % 3 == 2 ? List.of("a") : List.of();
            transactions.run(session -> Sql.update(session, "insert into tagged values (?, ?)", id, names));
        }

        assertThat(TestPostgres.value(url, "select sum(cardinality(tags)) from tagged"))
                .isEqualTo("4");
    }

    // as above: sent together, each with its own parameters
    @Test
    void answersQueriesThatGoTogetherEachWithItsRows() {
        for (int i = 0; i < 12; i++) {
            List<Long> numbers = i % 3 == 0 ? List.of() : List.of(1L, 2L + i);
            String word = "word " + i;
            Queries queries = new Queries();
            List<Long> first = queries.add("select unnest(?::bigint[]) as n", row -> row.number("n"), numbers);
            List<String> second = queries.add("select ? as word", row -> row.text("word"), word);

            transactions.read(session -> {
                queries.run(session);
                return 0;
            });

            assertThat(first).isEqualTo(numbers);
            assertThat(second).containsExactly(word);
        }
    }

    @Test
    void runsAfterCommitHooksOnceAndOnlyAfterTheCommit() {
        List<String> seen = new ArrayList<>();

        transactions.run(session -> {
            Sql.update(session, "insert into account values (11, 0)");
            transactions.afterCommit(() ->
                    seen.add(String.valueOf(TestPostgres.value(url, "select count(*) from account where id = 11"))));
        });

        assertThat(seen).containsExactly("1");
    }

    @Test
    void runsNoHookWhenTheWorkThrows() {
        List<String> seen = new ArrayList<>();

        assertThatThrownBy(() -> transactions.run(session -> {
                    transactions.afterCommit(() -> seen.add("ran"));
                    throw new IllegalStateException("no");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(seen).isEmpty();
    }

    @Test
    void refusesToNest() {
        assertThatThrownBy(() -> transactions.run(outer -> transactions.run(inner -> {})))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("already");
    }

    @Test
    void refusesAChangeWhereOnlyReadingWasSaid() {
        assertThatThrownBy(
                        () -> transactions.read(session -> Sql.update(session, "insert into account values (12, 0)")))
                .hasStackTraceContaining("read-only transaction");
    }

    @Test
    void runsWorkAgainThatLostADeadlock() throws Exception {
        CyclicBarrier bothHoldOne = new CyclicBarrier(2);
        AtomicInteger attempts = new AtomicInteger();

        CompletableFuture<Void> one = CompletableFuture.runAsync(() -> cross(1, 2, bothHoldOne, attempts));
        CompletableFuture<Void> two = CompletableFuture.runAsync(() -> cross(2, 1, bothHoldOne, attempts));
        CompletableFuture.allOf(one, two).get(60, TimeUnit.SECONDS);

        assertThat(attempts.get()).isEqualTo(3);
        assertThat(TestPostgres.value(
                        url, "select string_agg(amount::text, ',' order by id) from account where id in (1, 2)"))
                .isEqualTo("2,2");
    }

    private static void cross(int first, int second, CyclicBarrier barrier, AtomicInteger attempts) {
        AtomicInteger own = new AtomicInteger();
        transactions.run(session -> {
            attempts.incrementAndGet();
            Sql.update(session, "update account set amount = amount + 1 where id = ?", first);
            if (own.getAndIncrement() == 0) {
                await(barrier);
            }
            Sql.update(session, "update account set amount = amount + 1 where id = ?", second);
        });
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void tellsWhichConstraintWasViolated() {
        assertThatThrownBy(() -> transactions.run(session -> Sql.update(session, "insert into account values (3, 0)")))
                .matches(e -> SqlStates.violates(e, "account_pkey"));
    }

    @Test
    void keepsTheTransactionUsableForRowsOfManyKinds() {
        String answer = transactions.call(session -> Sql.one(
                        session,
                        "select ?::text[] as texts, ?::bigint[] as numbers, ?::jsonb as json",
                        row -> row.texts("texts") + " " + row.numbers("numbers") + " " + row.json("json"),
                        List.of("a", "b"),
                        List.of(1L, 2L),
                        new com.fasterxml.jackson.databind.ObjectMapper()
                                .createObjectNode()
                                .put("k", 1))
                .orElseThrow());

        assertThat(answer).isEqualTo("[a, b] [1, 2] {\"k\":1}");
    }
}
