package dev.slipway.server.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.builds.Build;
import dev.slipway.api.identity.Role;
import dev.slipway.api.identity.Token;
import dev.slipway.server.database.Database;
import dev.slipway.server.database.DatabaseAddress;
import dev.slipway.server.database.Sql;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.Farm;
import dev.slipway.server.testing.TestApi;
import dev.slipway.server.testing.TestResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import okhttp3.Response;
import okio.BufferedSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EventsTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    private final Outbox outbox = new Outbox(companion.clock());
    private Database database;
    private Transactions transactions;

    @BeforeEach
    void connect() {
        database = Database.open(DatabaseAddress.parse(companion.databaseUrl()), 4, List.of());
        transactions = new Transactions(database);
    }

    @AfterEach
    void disconnect() {
        database.close();
    }

    @Test
    void deliversAnEventSoonAfterItsTransactionCommitted() throws IOException {
        try (Response stream = companion.admin().open("GET", "/api/v1/events", null)) {
            announce("build.finished", 812);

            assertThat(read(stream.body().source(), 1).get(0))
                    .contains("event: build.finished")
                    .contains("\"subject_id\":812");
        }
    }

    @Test
    void deliversNothingOfATransactionThatRolledBack() throws IOException {
        try (Response stream = companion.admin().open("GET", "/api/v1/events", null)) {
            try {
                transactions.run(session -> {
                    outbox.announce(session, "build.finished", "build", 1, Map.of());
                    throw new IllegalStateException("rolled back");
                });
            } catch (IllegalStateException e) {
                assertThat(e).hasMessage("rolled back");
            }
            announce("build.started", 2);

            assertThat(read(stream.body().source(), 1).get(0)).contains("build.started");
        }
    }

    @Test
    void goesOnBehindTheLastEventThatAReaderSaw() throws IOException {
        String first;
        try (Response stream = companion.admin().open("GET", "/api/v1/events", null)) {
            announce("first", 1);
            first = read(stream.body().source(), 1).get(0);
        }
        announce("second", 2);
        announce("third", 3);
        String id = first.lines()
                .filter(l -> l.startsWith("id: "))
                .findFirst()
                .orElseThrow()
                .substring(4);

        TestApi again = companion.admin().with("Last-Event-ID", id);
        try (Response stream = again.open("GET", "/api/v1/events", null)) {
            List<String> events = read(stream.body().source(), 2);
            assertThat(events.get(0)).contains("event: second");
            assertThat(events.get(1)).contains("event: third");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "-1", "+1", "9223372036854775808"})
    void refusesALastEventIdThatItNeverGave(String id) {
        assertThat(companion
                        .admin()
                        .with("Last-Event-ID", id)
                        .get("/api/v1/events")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void answersHeadAtOnceAsItWouldBeginTheStream() {
        TestResponse answer = companion.admin().head("/api/v1/events");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("text/event-stream");
        assertThat(companion
                        .admin()
                        .with("Last-Event-ID", "x")
                        .head("/api/v1/events")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void answersHeadOfAFollowedLogAtOnceWhileItIsWritten() {
        Farm farm = new Farm(companion);
        Build build = farm.build(farm.platform("rpm", "x86_64"), "tally");

        String log = "/api/v1/tasks/" + build.tasks().get(0).id() + "/log";
        TestResponse answer = companion.admin().head(log + "?follow=true");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("text/event-stream");
        assertThat(companion.admin().head(log + "?follow=false").header("Content-Type"))
                .startsWith("text/plain");
        assertThat(companion.admin().head("/api/v1/tasks/4711/log?follow=true").status())
                .isEqualTo(404);
    }

    /** The end of what a reader who was shut out still gets. */
    private static void assertEnds(Response stream) throws IOException {
        BufferedSource source = stream.body().source();
        source.timeout().timeout(20, TimeUnit.SECONDS);
        for (String line = source.readUtf8Line(); line != null; line = source.readUtf8Line()) {
            assertThat(line).doesNotContain("event: ");
        }
    }

    @Test
    void endsTheStreamOfATokenThatIsRevoked() throws IOException {
        Token token = companion.token("listener", List.of("events:read"));
        try (Response stream = companion.as(token.token()).open("GET", "/api/v1/events", null);
                Response other = companion.admin().open("GET", "/api/v1/events", null)) {
            companion.admin().delete("/api/v1/tokens/" + token.id());

            assertEnds(stream);
            announce("still.there", 1);
            assertThat(read(other.body().source(), 1).get(0)).contains("still.there");
        }
    }

    @Test
    void endsTheStreamOfATokenThatExpires() throws IOException {
        Token token = companion
                .admin()
                .post(
                        "/api/v1/tokens/",
                        Map.of("name", "brief", "scopes", List.of("events:read"), "expires_in_seconds", 60))
                .as(Token.class);
        try (Response stream = companion.as(token.token()).open("GET", "/api/v1/events", null)) {
            companion.clock().advance(Duration.ofSeconds(61));
            // has all streams looked after at once, not within a heartbeat
            companion
                    .admin()
                    .delete("/api/v1/tokens/"
                            + companion.token("other", List.of("events:read")).id());

            assertEnds(stream);
        }
    }

    @Test
    void endsTheStreamOfWhoseRoleIsTakenAway() throws IOException {
        TestApi reader = companion.granted("reader", Role.READER, null);
        try (Response stream = reader.open("GET", "/api/v1/events", null)) {
            long grant = companion
                    .admin()
                    .get("/api/v1/grants?user=reader")
                    .json()
                    .get(0)
                    .path("id")
                    .asLong();
            companion.admin().delete("/api/v1/grants/" + grant);

            assertEnds(stream);
        }
    }

    @Test
    void endsTheLogThatABannedReaderFollows() throws IOException {
        Farm farm = new Farm(companion);
        Build build = farm.build(farm.platform("rpm", "x86_64"), "tally");
        TestApi reader = companion.as("follower", "tasks:read");
        String log = "/api/v1/tasks/" + build.tasks().get(0).id() + "/log?follow=true";
        try (Response stream = reader.open("GET", log, null)) {
            assertThat(stream.code()).isEqualTo(200);
            String id = companion.value("select id from app_user where username = 'follower'");
            companion.admin().patch("/api/v1/users/" + id, Map.of("active", false));

            assertEnds(stream);
        }
    }

    /** Writers commit in another order than they took their numbers, while a reader is cut off again and again. */
    @Test
    void losesAndRepeatsNothingUnderManyWritersAndInterruptions() throws Exception {
        int writers = 6;
        int each = 100;
        String type = "storm";
        String before = companion.value("select coalesce(max(sequence), 0) from outbox_event");
        ExecutorService executor = Executors.newFixedThreadPool(writers);
        List<Long> seen = new ArrayList<>();
        List<Future<?>> running = new ArrayList<>();
        try {
            for (int writer = 0; writer < writers; writer++) {
                int first = writer * each;
                running.add(executor.submit(() -> {
                    for (int i = 0; i < each; i++) {
                        int id = first + i;
                        transactions.run(session -> {
                            outbox.announce(session, type, "build", id, Map.of("id", id));
                            // Some hold their row back, so that later numbers commit before it.
                            Sql.list(session, "select pg_sleep(?::float8 / 1000)", row -> true, id % 7);
                        });
                    }
                }));
            }
            String last = before;
            for (int round = 1; seen.size() < writers * each; round++) {
                try (Response stream =
                        companion.admin().with("Last-Event-ID", last).open("GET", "/api/v1/events", null)) {
                    int wanted = Math.min(round % 37 + 1, writers * each - seen.size());
                    for (String event : read(stream.body().source(), wanted)) {
                        last = field(event, "id: ");
                        if (event.contains("event: " + type)) {
                            seen.add(Long.valueOf(event.replaceAll("(?s).*\"subject_id\":(\\d+).*", "$1")));
                        }
                    }
                }
            }
            for (Future<?> writer : running) {
                writer.get();
            }
        } finally {
            executor.shutdownNow();
        }
        assertThat(seen).doesNotHaveDuplicates().hasSize(writers * each).allMatch(id -> id >= 0 && id < writers * each);
    }

    private static String field(String event, String name) {
        return event.lines()
                .filter(line -> line.startsWith(name))
                .findFirst()
                .orElseThrow()
                .substring(name.length());
    }

    private void announce(String type, long id) {
        transactions.run(session -> outbox.announce(session, type, "build", id, Map.of("id", id)));
    }

    /** Reads so many events, without comments. */
    private static List<String> read(BufferedSource source, int count) throws IOException {
        List<String> events = new ArrayList<>();
        StringBuilder event = new StringBuilder();
        while (events.size() < count) {
            String line = source.readUtf8LineStrict();
            if (line.isEmpty()) {
                if (!event.isEmpty()) {
                    events.add(event.toString());
                    event.setLength(0);
                }
            } else if (!line.startsWith(":")) {
                event.append(line).append('\n');
            }
        }
        return events;
    }
}
