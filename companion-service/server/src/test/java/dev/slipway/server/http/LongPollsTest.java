package dev.slipway.server.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.slipway.server.database.Database;
import dev.slipway.server.database.DatabaseAddress;
import dev.slipway.server.database.Notifications;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.testing.TestPostgres;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.glassfish.jersey.server.ResourceConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class LongPollsTest {
    private static String url;
    private static Database database;
    private static Transactions transactions;

    private final BlockingQueue<String> things = new LinkedBlockingQueue<>();
    private final AtomicInteger attempts = new AtomicInteger();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private Notifications notifications;
    private LongPolls polls;
    private HttpServer server;

    @BeforeAll
    static void open() {
        url = TestPostgres.instance().newDatabase();
        database = Database.open(DatabaseAddress.parse(url), 4, List.of());
        transactions = new Transactions(database);
    }

    @AfterAll
    static void close() {
        database.close();
        TestPostgres.instance().drop(url);
    }

    @BeforeEach
    void start() throws IOException {
        notifications = new Notifications(DatabaseAddress.parse(url));
        polls = new LongPolls(notifications, 5_000, 4_000);
        ResourceConfig resources = new ResourceConfig()
                .register(new Shop(polls, things, attempts))
                .register(new JsonBodies())
                .register(new Problems());
        server = HttpServer.start(new HttpAddress("127.0.0.1", 0), resources, Map.of(), null);
    }

    @AfterEach
    void stop() {
        polls.close();
        server.close();
        notifications.close();
    }

    /** Hands out things, of which there may be none yet. */
    @Path("/things")
    public static final class Shop {
        private final LongPolls polls;
        private final BlockingQueue<String> things;
        private final AtomicInteger attempts;

        Shop(LongPolls polls, BlockingQueue<String> things, AtomicInteger attempts) {
            this.polls = polls;
            this.things = things;
            this.attempts = attempts;
        }

        @GET
        public void take(
                @QueryParam("wait") int wait, @QueryParam("kind") String kind, @Suspended AsyncResponse response) {
            polls.answer(
                    response,
                    new Asker(1, Optional::empty),
                    "thing",
                    Set.of(kind),
                    LongPolls.waitSeconds(wait),
                    () -> {
                        attempts.incrementAndGet();
                        return Optional.ofNullable(things.poll());
                    },
                    found -> found.orElse("nothing"));
        }
    }

    @Test
    void answersAtOnceWhenThereIsSomething() throws Exception {
        things.add("bolt");

        assertThat(take("bolts", 30).get(20, SECONDS)).isEqualTo("bolt");
    }

    @Test
    void answersWithNothingWhenTheTimeIsOver() throws Exception {
        assertThat(take("bolts", 1).get(20, SECONDS)).isEqualTo("nothing");
    }

    @Test
    void keepsPlacesForOthersWhenOneUserHasAllOfTheirs() {
        List<Object> answered = new CopyOnWriteArrayList<>();
        try (LongPolls few = new LongPolls(notifications, 10, 2)) {
            waitFor(few, 7, answered);
            waitFor(few, 7, answered);

            assertThatThrownBy(() -> waitFor(few, 7, answered))
                    .isInstanceOfSatisfying(ProblemException.class, refusal -> {
                        assertThat(refusal.status()).isEqualTo(429);
                        assertThat(refusal.headers()).containsKey("Retry-After");
                    });
            waitFor(few, 8, answered);
            assertThat(answered).isEmpty();
            things.add("bolt");
            transactions.run(session -> Notifications.send(session, "thing", "bolts"));
            await().until(() -> answered.contains("bolt"));
            waitFor(few, 7, answered);
        }
    }

    @Test
    void endsTheWaitOfWhoMayWaitNoLonger() {
        List<Object> answered = new CopyOnWriteArrayList<>();
        AtomicReference<Optional<ProblemException>> refusal = new AtomicReference<>(Optional.empty());
        waitFor(polls, new Asker(7, refusal::get), answered);
        polls.recheck();
        assertThat(answered).isEmpty();

        ProblemException noLonger = ProblemException.forbidden("no longer");
        refusal.set(Optional.of(noLonger));
        polls.recheck();

        await().atMost(20, SECONDS).until(() -> answered.equals(List.of(noLonger)));
    }

    @Test
    void leavesToTheNextWhatWhoMayWaitNoLongerWasWokenFor() {
        List<Object> refused = new CopyOnWriteArrayList<>();
        List<Object> answered = new CopyOnWriteArrayList<>();
        AtomicReference<Optional<ProblemException>> refusal = new AtomicReference<>(Optional.empty());
        waitFor(polls, new Asker(7, refusal::get), refused);
        waitFor(polls, new Asker(8, Optional::empty), answered);
        ProblemException noLonger = ProblemException.forbidden("no longer");
        refusal.set(Optional.of(noLonger));

        offer("bolt", "bolts");

        await().atMost(20, SECONDS).until(() -> answered.equals(List.of("bolt")));
        assertThat(refused).containsExactly(noLonger);
    }

    private void waitFor(LongPolls few, long user, List<Object> answered) {
        waitFor(few, new Asker(user, Optional::empty), answered);
    }

    private void waitFor(LongPolls few, Asker asker, List<Object> answered) {
        AsyncResponse response = (AsyncResponse) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {AsyncResponse.class}, (self, method, arguments) -> {
                    if (method.getName().equals("resume")) {
                        answered.add(arguments[0]);
                    }
                    return method.getReturnType() == boolean.class ? Boolean.TRUE : null;
                });
        few.answer(
                response,
                asker,
                "thing",
                Set.of("bolts"),
                Duration.ofSeconds(60),
                () -> Optional.ofNullable(things.poll()),
                found -> found.orElse("nothing"));
    }

    @Test
    void doesNotWaitWhenNotAskedTo() throws Exception {
        assertThat(take("bolts", 0).get(20, SECONDS)).isEqualTo("nothing");
    }

    @Test
    void answersSoonAfterSomethingBecameAvailable() throws Exception {
        CompletableFuture<String> waiting = take("bolts", 60);
        awaitAttempts(1);

        offer("bolt", "bolts");

        assertThat(waiting.get(20, SECONDS)).isEqualTo("bolt");
    }

    @Test
    void refusesToWaitForHours() throws Exception {
        assertThat(take("bolts", 3600).get(20, SECONDS)).contains("wait_seconds");
    }

    @Test
    void letsFewWaitersTryForOneNewThing() throws Exception {
        List<CompletableFuture<String>> waiting = takeMany(300);

        int before = attempts.get();
        offer("bolt", "bolts");
        await().atMost(20, SECONDS).until(() -> waiting.stream().anyMatch(CompletableFuture::isDone));

        assertThat(attempts.get() - before).isLessThan(100);
        assertThat(waiting.stream().filter(CompletableFuture::isDone)).hasSize(1);
    }

    @Test
    void handsOutEveryThingToWaitersOfItsKind() throws Exception {
        List<CompletableFuture<String>> waiting = takeMany(50);

        things.addAll(List.of("1", "2", "3", "4", "5"));
        transactions.run(session -> Notifications.send(session, "thing", "bolts"));

        await().atMost(20, SECONDS)
                .until(() -> waiting.stream().filter(CompletableFuture::isDone).count() == 5);
    }

    @Test
    void answersEveryWaiterWhenTheServiceStops() throws Exception {
        List<CompletableFuture<String>> waiting = takeMany(50);

        polls.close();

        for (CompletableFuture<String> each : waiting) {
            assertThat(each.get(20, SECONDS)).isEqualTo("nothing");
        }
    }

    @Test
    void wakesWaitersAgainAfterTheListeningConnectionWasLost() throws Exception {
        CompletableFuture<String> waiting = take("bolts", 60);
        awaitAttempts(1);
        things.add("bolt");

        TestPostgres.value(
                url,
                "select count(pg_terminate_backend(pid)) from pg_stat_activity"
                        + " where application_name = 'slipway notifications' and datname = current_database()");

        assertThat(waiting.get(20, SECONDS)).isEqualTo("bolt");
    }

    private List<CompletableFuture<String>> takeMany(int count) {
        List<CompletableFuture<String>> waiting = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            waiting.add(take("bolts", 60));
        }
        awaitAttempts(count);
        return waiting;
    }

    private void awaitAttempts(int count) {
        await().atMost(60, TimeUnit.SECONDS).until(() -> attempts.get() >= count);
    }

    private void offer(String thing, String kind) {
        things.add(thing);
        transactions.run(session -> Notifications.send(session, "thing", kind));
    }

    private CompletableFuture<String> take(String kind, int seconds) {
        URI uri = server.url().resolve("/things?kind=" + kind + "&wait=" + seconds);
        return client.sendAsync(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .thenApply(HttpResponse::body);
    }
}
