package dev.slipway.server.composes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.api.composes.Compose;
import dev.slipway.api.repositories.Repository;
import dev.slipway.api.repositories.RepositoryChange;
import dev.slipway.api.repositories.RepositoryRequest;
import dev.slipway.packages.fixtures.SampleRpms;
import dev.slipway.server.Companion;
import dev.slipway.server.CompanionConfig;
import dev.slipway.server.failpoints.Failpoints;
import dev.slipway.server.http.HttpAddress;
import dev.slipway.server.testing.CompanionProcess;
import dev.slipway.server.testing.FailpointNames;
import dev.slipway.server.testing.Inside;
import dev.slipway.server.testing.TestApi;
import dev.slipway.server.testing.TestClock;
import dev.slipway.server.testing.TestPostgres;
import dev.slipway.server.testing.TestResponse;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The companion dies, as by SIGKILL, while it makes metadata; the one that is started after it completes the work. */
@Tag("slow")
final class ComposeCrashTest {
    /** After which the work of a companion that died is taken up. */
    private static final Duration TAKEN_UP = Duration.ofMinutes(11);

    private static final String DONE = String.valueOf(Compose.State.DONE.ordinal());

    private static final RepositoryRequest TIDES = new RepositoryRequest(
            "tides", "x86_64", "rpm", null, null, null, "tides", null, null, null, null, null, null, null, null);

    private final String database = TestPostgres.instance().newDatabase();
    private final TestClock clock = new TestClock();

    @TempDir
    Path var;

    @AfterEach
    void drop() {
        TestPostgres.instance().drop(database);
    }

    private static Set<String> stepsOf(String method) throws NoSuchMethodException {
        return new TreeSet<>(List.of(ComposeCrashTest.class
                .getDeclaredMethod(method, String.class)
                .getAnnotation(ValueSource.class)
                .strings()));
    }

    @Test
    void everyStepIsHere() throws Exception {
        assertThat(stepsOf("aPublicationIsMadeOnce")).isEqualTo(FailpointNames.of("publication"));
        assertThat(stepsOf("aComposeIsMadeOnce")).isEqualTo(FailpointNames.of("compose"));
    }

    private Companion startedAgain() throws Exception {
        clock.catchUp();
        clock.advance(TAKEN_UP);
        return Companion.start(
                CompanionConfig.defaults(var)
                        .withListen(new HttpAddress("127.0.0.1", 0))
                        .withDatabaseUrl(database),
                clock);
    }

    private TestApi admin(Companion companion) throws Exception {
        return new TestApi(
                companion.url(),
                Files.readString(var.resolve("bootstrap-token")).strip());
    }

    private String value(String sql) {
        return TestPostgres.value(database, sql);
    }

    /** The answer to the call that wakes what dies may get lost. */
    private static void sendLast(CompanionProcess doomed, Runnable call) throws InterruptedException {
        try {
            call.run();
        } catch (UncheckedIOException e) {
            assertThat(e).isNotNull();
        }
        assertThat(doomed.awaitEnd()).isEqualTo(Failpoints.EXIT_STATUS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"publication.claimed", "publication.assembled", "publication.before-commit"})
    void aPublicationIsMadeOnce(String failpoint) throws Exception {
        try (CompanionProcess doomed = CompanionProcess.start(var, database, failpoint)) {
            TestApi api = doomed.admin();
            sendLast(doomed, () -> api.post("/api/v1/repositories/", TIDES));
        }
        assertThat(value("select state from publication")).isEqualTo("preparing");
        assertThat(value("select count(*) from channel where publication_id is not null"))
                .isEqualTo("0");

        try (Companion again = startedAgain()) {
            again.background().runNow("channels.publish");

            await().untilAsserted(() -> assertThat(
                            admin(again).get("/repos/tides/repodata/repomd.xml").status())
                    .isEqualTo(200));
            assertThat(value("select string_agg(state, ' ') from publication")).isEqualTo("ready");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"compose.claimed", "compose.published"})
    void aComposeIsMadeOnce(String failpoint) throws Exception {
        try (CompanionProcess doomed = CompanionProcess.start(var, database, failpoint);
                Inside inside = new Inside(database, var, clock)) {
            TestApi api = doomed.admin();
            Repository tides = api.post("/api/v1/repositories/", TIDES).as(Repository.class);
            TestResponse changed = api.patch(
                    "/api/v1/repositories/" + tides.id() + "/packages",
                    RepositoryChange.of(List.of(inside.ingest(SampleRpms.simple("tide", "1", "noarch"))), List.of()));
            assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
            sendLast(
                    doomed,
                    () -> api.post("/api/v1/composes/", Map.of("source", Map.of("repositories", List.of("tides")))));
        }
        assertThat(value("select string_agg(state::text, ' ') from compose")).isEqualTo("1");
        assertThat(value("select count(*) from channel where path like 'composes/%'"))
                .isEqualTo("0");

        try (Companion again = startedAgain()) {
            again.background().runNow("composes.generate");

            String id = value("select id from compose");
            await().untilAsserted(
                            () -> assertThat(value("select state from compose")).isEqualTo(DONE));
            assertThat(admin(again)
                            .get("/repos/composes/" + id + "/repodata/repomd.xml")
                            .status())
                    .isEqualTo(200);
            assertThat(value("select count(*) from publication where content_set_id is not null"))
                    .isEqualTo("1");
            assertThat(value("select count(*) from outbox_event where type = 'compose.done'"))
                    .isEqualTo("1");
        }
    }
}
