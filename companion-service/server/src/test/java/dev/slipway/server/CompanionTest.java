package dev.slipway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.identity.Token;
import dev.slipway.api.identity.TokenRequest;
import dev.slipway.server.http.HttpAddress;
import dev.slipway.server.testing.TestApi;
import dev.slipway.server.testing.TestPostgres;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CompanionTest {
    @TempDir
    Path var;

    private String database;

    @BeforeEach
    void create() {
        database = TestPostgres.instance().newDatabase();
    }

    @AfterEach
    void drop() {
        TestPostgres.instance().drop(database);
    }

    @Test
    void makesTheFirstTokenOnTheFirstStartOnly() throws IOException {
        try (Companion first = Companion.start(config())) {
            assertThat(first.bootstrapToken()).isPresent();
        }
        try (Companion second = Companion.start(config())) {
            assertThat(second.bootstrapToken()).isEmpty();
        }
        assertThat(TestPostgres.value(database, "select count(*) from api_token"))
                .isEqualTo("1");
    }

    @Test
    void keepsTheFirstTokenInAFileForItsOwnerAlone() throws IOException {
        try (Companion companion = Companion.start(config())) {
            Path file = var.resolve("bootstrap-token");
            assertThat(Files.readString(file))
                    .isEqualTo(companion.bootstrapToken().orElseThrow() + "\n");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void tellsItsAddressInAFileWhileItRuns() throws IOException {
        try (Companion companion = Companion.start(config())) {
            assertThat(Files.readString(var.resolve("url")).strip())
                    .isEqualTo(companion.url().toString());
        }
        assertThat(var.resolve("url")).doesNotExist();
    }

    @Test
    void refusesToListenBeyondLoopbackInTheClear() {
        assertThatThrownBy(() -> Companion.start(config().withListen(new HttpAddress("0.0.0.0", 0))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--insecure-http");
    }

    @Test
    void refusesASettingThatThereIsNot() {
        assertThatThrownBy(() -> Companion.start(config().withSettings(Map.of("no.such", "1"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no.such");
    }

    @Test
    void saysWhichPortIsTaken() throws IOException {
        try (Companion first = Companion.start(config())) {
            HttpAddress taken = new HttpAddress("127.0.0.1", first.url().getPort());
            assertThatThrownBy(() -> Companion.start(config().withListen(taken)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(":" + taken.port());
        }
    }

    @Test
    void saysThatTheDatabaseCannotBeReachedWithoutItsPassword() {
        assertThatThrownBy(() -> Companion.start(config().withDatabaseUrl("postgresql://u:secret@127.0.0.1:1/none")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot reach the database jdbc:postgresql://127.0.0.1:1/none")
                .hasStackTraceContaining("refused")
                .satisfies(e -> assertThat(stackTrace(e)).doesNotContain("secret"));
    }

    private static String stackTrace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    @Test
    void letsSeveralCompanionsShareADatabase() throws IOException {
        Path otherVar = Files.createDirectory(var.resolve("other"));
        try (Companion one = Companion.start(config());
                Companion two = Companion.start(CompanionConfig.defaults(otherVar)
                        .withListen(new HttpAddress("127.0.0.1", 0))
                        .withDatabaseUrl(database))) {
            TestApi onOne = new TestApi(one.url(), one.bootstrapToken().orElseThrow());
            Token token = onOne.post("/api/v1/tokens", new TokenRequest("t", null, "reader", null, null))
                    .as(Token.class);
            TestApi onTwo = new TestApi(two.url(), token.token());
            assertThat(onTwo.get("/api/v1/users").status()).isEqualTo(200);

            onOne.delete("/api/v1/tokens/" + token.id());

            Awaitility.await()
                    .atMost(Duration.ofSeconds(4)) // sooner than the other would forget the token by itself
                    .until(() -> onTwo.get("/api/v1/users").status() == 401);
        }
    }

    @Test
    void leavesNoThreadBehindWhenItStops() throws IOException {
        Set<String> before = threads();
        Companion.start(config()).close();

        // a pool has ended a moment before its last thread has
        Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            Set<String> left = threads();
            left.removeAll(before);
            assertThat(left)
                    .noneMatch(name -> name.startsWith("background-")
                            || name.startsWith("long-poll-")
                            || name.startsWith("stream-")
                            || name.startsWith("notifications")
                            || name.startsWith("http-"));
        });
    }

    private static Set<String> threads() {
        Set<String> names = new TreeSet<>();
        Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .forEach(t -> names.add(t.getName() + t.getId()));
        return names;
    }

    private CompanionConfig config() {
        return CompanionConfig.defaults(var)
                .withListen(new HttpAddress("127.0.0.1", 0))
                .withDatabaseUrl(database);
    }
}
