package dev.slipway.server.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.packages.fixtures.SampleKeys;
import dev.slipway.server.Companion;
import dev.slipway.server.CompanionConfig;
import dev.slipway.server.failpoints.Failpoints;
import dev.slipway.server.http.HttpAddress;
import dev.slipway.server.testing.CompanionProcess;
import dev.slipway.server.testing.FailpointNames;
import dev.slipway.server.testing.TestApi;
import dev.slipway.server.testing.TestClock;
import dev.slipway.server.testing.TestPostgres;
import java.io.UncheckedIOException;
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

/** The companion dies, as by SIGKILL, while it tells of an event; the one that is started after it tells of it. */
@Tag("slow")
final class WebhookCrashTest {
    private static final Duration TAKEN_UP = Duration.ofMinutes(1);

    private final String database = TestPostgres.instance().newDatabase();
    private final TestClock clock = new TestClock();

    @TempDir
    Path var;

    @AfterEach
    void drop() {
        TestPostgres.instance().drop(database);
    }

    @Test
    void everyStepIsHere() throws Exception {
        Set<String> steps = new TreeSet<>(List.of(WebhookCrashTest.class
                .getDeclaredMethod("tellsOfEachEventInSpiteOfTheDeath", String.class)
                .getAnnotation(ValueSource.class)
                .strings()));

        assertThat(steps).isEqualTo(FailpointNames.of("webhook"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"webhook.read", "webhook.claimed", "webhook.sent", "webhook.recorded"})
    void tellsOfEachEventInSpiteOfTheDeath(String failpoint) throws Exception {
        try (Receiver receiver = new Receiver()) {
            try (CompanionProcess doomed =
                    CompanionProcess.start(var, database, failpoint, "webhooks.private-addresses=true")) {
                TestApi api = doomed.admin();
                makeUntilItDies(api, receiver);
                assertThat(doomed.awaitEnd()).isEqualTo(Failpoints.EXIT_STATUS);
            }
            clock.catchUp();
            clock.advance(TAKEN_UP);
            try (Companion companion = Companion.start(
                    CompanionConfig.defaults(var)
                            .withListen(new HttpAddress("127.0.0.1", 0))
                            .withDatabaseUrl(database)
                            .withSettings(Map.of("webhooks.private-addresses", "true")),
                    clock)) {
                companion.background().runNow("webhooks.deliver");
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> value("select count(*) from webhook_delivery where state <> 'delivered'")
                                .equals("0"));
            }
            assertThat(value("select count(*) from outbox_event e where not exists"
                            + " (select 1 from webhook_delivery d where d.event_id = e.sequence)"))
                    .isEqualTo("0");
            assertThat(receiver.received())
                    .extracting(each -> each.header("X-Slipway-Delivery"))
                    .containsAll(List.of(value("select string_agg(id::text, ' ') from webhook_delivery")
                            .split(" ")));
            assertThat(value("select count(*) from webhook_attempt where error is null and duration_ms is null"))
                    .isEqualTo("0");
        }
    }

    /** Makes a webhook, which is sent a ping, and something to tell it of; the companion may die at either. */
    private static void makeUntilItDies(TestApi api, Receiver receiver) {
        try {
            api.post("/api/v1/webhooks/", Map.of("name", "chat", "url", receiver.url()));
            api.post(
                    "/api/v1/sign-keys/new/",
                    Map.of(
                            "name",
                            "key",
                            "certificate",
                            SampleKeys.rsa().certificate().armored()));
        } catch (UncheckedIOException e) {
            assertThat(e).isNotNull();
        }
    }

    private String value(String sql) {
        return TestPostgres.value(database, sql);
    }
}
