package dev.slipway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.server.http.HttpAddress;
import dev.slipway.server.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
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
    void leavesNoThreadBehindWhenItStops() throws IOException {
        Set<String> before = threads();
        Companion.start(config()).close();

        Set<String> left = threads();
        left.removeAll(before);
        assertThat(left)
                .noneMatch(name -> name.startsWith("background-")
                        || name.startsWith("long-poll-")
                        || name.startsWith("stream-")
                        || name.startsWith("notifications")
                        || name.startsWith("http-"));
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
