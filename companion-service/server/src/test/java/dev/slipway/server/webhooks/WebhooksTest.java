package dev.slipway.server.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.api.webhooks.Webhook;
import dev.slipway.api.webhooks.WebhookDelivery;
import dev.slipway.api.webhooks.WebhookPage;
import dev.slipway.server.events.Outbox;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.Farm;
import dev.slipway.server.testing.Inside;
import dev.slipway.server.testing.TestResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WebhooksTest {
    @RegisterExtension
    static final CompanionExtension companion =
            new CompanionExtension(Map.of("webhooks.private-addresses", "true", "webhooks.attempts", "3"));

    private static final String ROOT = "/api/v1/webhooks/";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Farm farm = new Farm(companion);
    private Receiver receiver;
    private Inside inside;

    @BeforeEach
    void open() throws IOException {
        receiver = new Receiver();
        inside = Inside.of(companion);
    }

    @AfterEach
    void close() {
        inside.close();
        for (Webhook each : companion
                .admin()
                .get(ROOT + "?per_page=200")
                .as(WebhookPage.class)
                .webhooks()) {
            companion.admin().delete(ROOT + each.id());
        }
        receiver.close();
    }

    private Webhook make(String... types) {
        return make(Map.of("event_types", List.of(types)));
    }

    private Webhook make(Map<String, Object> more) {
        Map<String, Object> request = new HashMap<>(Map.of("name", "chat", "url", receiver.url()));
        request.putAll(more);
        TestResponse made = companion.admin().post(ROOT, request);
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return made.as(Webhook.class);
    }

    private void announce(String type, long id) {
        Outbox outbox = new Outbox(companion.clock());
        inside.transactions().run(session -> outbox.announce(session, type, "build", id, Map.of("id", id)));
    }

    private List<WebhookDelivery> deliveries(Webhook webhook) {
        return List.of(
                companion.admin().get(ROOT + webhook.id() + "/deliveries").as(WebhookDelivery[].class));
    }

    private WebhookDelivery newest(Webhook webhook) {
        return deliveries(webhook).get(0);
    }

    /** Waits until the newest delivery was tried so often. */
    private WebhookDelivery awaitTries(Webhook webhook, int tries) {
        return await().atMost(PATIENCE)
                .until(
                        () -> newest(webhook),
                        found -> found.attempts().size() == tries
                                && found.attempts().get(0).durationMs() != null);
    }

    @Test
    void sendsAPingWhenItIsMade() throws IOException {
        Webhook webhook = make();

        Receiver.Received ping = receiver.awaitOf("ping", 1).get(0);

        assertThat(ping.json().path("subject_id").asLong()).isEqualTo(webhook.id());
        assertThat(ping.header("Content-Type")).startsWith("application/json");
        assertThat(awaitTries(webhook, 1).state()).isEqualTo("delivered");
    }

    @Test
    void tellsOfAnEventWithASignatureThatItsSecretExplains() throws IOException {
        Webhook webhook = make();
        announce("build.finished", 812);

        Receiver.Received event = receiver.awaitOf("build.finished", 1).get(0);

        assertThat(event.json().path("type").asText()).isEqualTo("build.finished");
        assertThat(event.json().at("/payload/id").asLong()).isEqualTo(812);
        assertThat(event.header("X-Slipway-Event-Id"))
                .isEqualTo(event.json().path("id").asText());
        assertThat(event.header("X-Slipway-Signature-256"))
                .isEqualTo(Signature.of(
                        Objects.requireNonNull(webhook.secret()),
                        Long.parseLong(event.header("X-Slipway-Timestamp")),
                        event.body()));
    }

    @Test
    void tellsOfTheTypesAskedForAlone() {
        Webhook webhook = make("build.finished");
        announce("build.started", 1);
        announce("build.finished", 2);

        receiver.awaitOf("build.finished", 1);

        assertThat(deliveries(webhook))
                .extracting(WebhookDelivery::eventType)
                .containsExactly("build.finished", "ping");
    }

    @Test
    void tellsNothingOfWhatWasBeforeIt() {
        announce("build.finished", 1);
        await().atMost(PATIENCE)
                .until(() -> companion
                        .value("select count(*) from outbox_event where sequence is null")
                        .equals("0"));

        Webhook webhook = make();
        receiver.awaitOf("ping", 1);
        farm.run("webhooks.deliver");

        assertThat(deliveries(webhook)).extracting(WebhookDelivery::eventType).containsExactly("ping");
    }

    @Test
    void triesAgainAfterAPauseAndGivesUpAtTheEnd() {
        receiver.answers(500, "no <b>room</b>\u0007", Map.of());
        Webhook webhook = make();
        WebhookDelivery first = awaitTries(webhook, 1);
        assertThat(first.state()).isEqualTo("pending");
        assertThat(first.nextAttemptAt()).isEqualTo(companion.clock().instant().plusSeconds(10));
        assertThat(first.attempts().get(0).status()).isEqualTo(500);
        assertThat(first.attempts().get(0).response()).isEqualTo("no <b>room</b>");

        for (int tries = 2; tries <= 3; tries++) {
            companion.clock().advance(Duration.ofMinutes(1));
            farm.run("webhooks.deliver");
            awaitTries(webhook, tries);
        }

        assertThat(newest(webhook).state()).isEqualTo("failed");
        assertThat(newest(webhook).attempts())
                .extracting(WebhookDelivery.Attempt::number)
                .containsExactly(3, 2, 1);
        assertThat(companion.admin().get(ROOT + webhook.id()).as(Webhook.class).failingSince())
                .isNotNull();
    }

    @Test
    void waitsAsLongAsTheReceiverAsks() {
        receiver.answers(503, "", Map.of("Retry-After", "120"));
        Webhook webhook = make();

        assertThat(awaitTries(webhook, 1).nextAttemptAt())
                .isEqualTo(companion.clock().instant().plusSeconds(120));
    }

    @Test
    void sendsAFailedDeliveryAgainWhenAsked() {
        receiver.answers(500, "", Map.of());
        Webhook webhook = make();
        WebhookDelivery failed = awaitTries(webhook, 1);
        receiver.answers(200, "", Map.of());

        TestResponse again =
                companion.admin().send("POST", ROOT + webhook.id() + "/deliveries/" + failed.id() + "/redeliver", null);

        assertThat(again.status()).isEqualTo(202);
        WebhookDelivery taken = awaitTries(webhook, 2);
        assertThat(taken.state()).isEqualTo("delivered");
        assertThat(receiver.received())
                .extracting(each -> each.header("X-Slipway-Delivery"))
                .containsOnly(String.valueOf(failed.id()));
    }

    @Test
    void followsNoRedirect() throws IOException {
        try (Receiver other = new Receiver()) {
            receiver.answers(307, "", Map.of("Location", other.url()));
            Webhook webhook = make();

            assertThat(awaitTries(webhook, 1).attempts().get(0).error()).contains("redirect");
            assertThat(other.received()).isEmpty();
        }
    }

    @Test
    void keepsTheBeginningOfALongAnswerAlone() {
        receiver.answers(200, "x".repeat(1 << 20), Map.of());
        Webhook webhook = make();

        assertThat(awaitTries(webhook, 1).attempts().get(0).response()).hasSize(1_000);
    }

    @Test
    void namesAConnectionThatFails() throws IOException {
        String url = receiver.url();
        receiver.close();
        Webhook webhook = make(Map.of("url", url));
        receiver = new Receiver();

        assertThat(awaitTries(webhook, 1).attempts().get(0).error()).startsWith("the connection failed");
    }

    @Test
    void isSwitchedOffWhenItTookNothingForADay() {
        receiver.answers(500, "", Map.of());
        Webhook webhook = make();
        awaitTries(webhook, 1);
        companion.value("update webhook set failures = 30 where id = " + webhook.id() + " returning id");
        companion.clock().advance(Duration.ofHours(25));

        farm.run("webhooks.deliver");
        awaitTries(webhook, 2);

        Webhook off = companion.admin().get(ROOT + webhook.id()).as(Webhook.class);
        assertThat(off.active()).isFalse();
        assertThat(off.disabledReason()).contains("31 tries failed");
        assertThat(newest(webhook).state()).isEqualTo("failed");
        assertThat(companion
                        .admin()
                        .send("POST", ROOT + webhook.id() + "/ping", null)
                        .status())
                .isEqualTo(409);
    }

    @Test
    void isSwitchedOffAtOnceWhenTheReceiverIsGone() {
        receiver.answers(410, "", Map.of());
        Webhook webhook = make();
        awaitTries(webhook, 1);

        Webhook off = companion.admin().get(ROOT + webhook.id()).as(Webhook.class);
        assertThat(off.disabledReason()).contains("410");

        receiver.answers(200, "", Map.of());
        companion.admin().patch(ROOT + webhook.id(), "{\"active\": true}");
        companion.admin().send("POST", ROOT + webhook.id() + "/ping", null);

        assertThat(awaitTries(webhook, 1).state()).isEqualTo("delivered");
    }

    @Test
    void showsItsSecretOnceAndKeepsItSealed() {
        Webhook made = make(Map.of("secret", "correct-horse-battery"));
        assertThat(made.secret()).isEqualTo("correct-horse-battery");

        assertThat(companion.admin().get(ROOT + made.id()).text()).doesNotContain("correct-horse");
        assertThat(companion.admin().get(ROOT).text()).doesNotContain("correct-horse");
        assertThat(companion.admin().get("/api/v1/audit?object_kind=webhook").text())
                .doesNotContain("correct-horse");
        assertThat(companion.value("select position('correct'::bytea in secret) from webhook where id = " + made.id()))
                .isEqualTo("0");
    }

    @Test
    void answersTheSameRequestAgainWithoutTheSecret() {
        Map<String, Object> request = Map.of("name", "once", "url", receiver.url());
        Webhook first = companion
                .admin()
                .with("Idempotency-Key", "hook-1")
                .post(ROOT, request)
                .as(Webhook.class);

        TestResponse second =
                companion.admin().with("Idempotency-Key", "hook-1").post(ROOT, request);

        assertThat(second.as(Webhook.class)).isEqualTo(first.withoutSecret());
        assertThat(companion.value("select count(*) from webhook where name = 'once'"))
                .isEqualTo("1");
        assertThat(companion.value("select convert_from(body, 'UTF8') from idempotency_key where key = 'hook-1'"))
                .doesNotContain("whs_");
    }

    @Test
    void changesWhatAnUpdateGivesUnderItsTag() {
        Webhook made = make("build.finished");
        TestResponse read = companion.admin().get(ROOT + made.id());

        TestResponse changed = companion
                .admin()
                .with("If-Match", read.header("ETag"))
                .patch(ROOT + made.id(), "{\"name\": \"renamed\"}");
        TestResponse stale = companion
                .admin()
                .with("If-Match", read.header("ETag"))
                .patch(ROOT + made.id(), "{\"name\": \"again\"}");
        TestResponse old = companion.admin().patch(ROOT + made.id(), "{\"name\": \"again\", \"revision\": 0}");

        assertThat(changed.as(Webhook.class).name()).isEqualTo("renamed");
        assertThat(changed.as(Webhook.class).eventTypes()).containsExactly("build.finished");
        assertThat(stale.status()).isEqualTo(412);
        assertThat(old.status()).isEqualTo(409);
        assertThat(old.json().path("revision").asInt()).isEqualTo(1);
        assertThat(companion
                        .admin()
                        .with("If-None-Match", changed.header("ETag"))
                        .get(ROOT + made.id())
                        .status())
                .isEqualTo(304);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\": \" \", \"url\": \"https://hooks.example/\"} | /name",
                "{\"name\": \"a\", \"url\": \"ftp://hooks.example/\"} | /url",
                "{\"name\": \"a\", \"url\": \"http://hooks.example/\"} | /url",
                "{\"name\": \"a\", \"url\": \"https://user:pw@hooks.example/\"} | /url",
                "{\"name\": \"a\", \"url\": \"nonsense\"} | /url",
                "{\"name\": \"a\", \"url\": \"https://hooks.example/\", \"secret\": \"short\"} | /secret",
                "{\"name\": \"a\", \"url\": \"https://hooks.example/\", \"event_types\": [\"a b\"]} | /event_types/0"
            })
    void refusesWhatCanBeNoWebhook(String body, String pointer) {
        TestResponse answer = companion.admin().post(ROOT, body);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().at("/errors/0/pointer").asText()).isEqualTo(pointer);
    }

    @Test
    void asksForTheScopeOfEventsToo() {
        TestResponse answer =
                companion.as("deaf", "webhooks:manage").post(ROOT, Map.of("name", "a", "url", receiver.url()));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.json().path("detail").asText()).contains("events:read");
    }

    @Test
    void knowsNoWebhookOrDeliveryOfAnotherId() {
        Webhook webhook = make();
        Webhook other = make();
        receiver.awaitOf("ping", 2);
        long foreign = newest(other).id();

        assertThat(companion.admin().get(ROOT + "999999").status()).isEqualTo(404);
        assertThat(companion.admin().patch(ROOT + "999999", "{}").status()).isEqualTo(404);
        assertThat(companion.admin().delete(ROOT + "999999").status()).isEqualTo(404);
        assertThat(companion.admin().get(ROOT + "999999/deliveries").status()).isEqualTo(404);
        assertThat(companion.admin().send("POST", ROOT + "999999/ping", null).status())
                .isEqualTo(404);
        assertThat(companion
                        .admin()
                        .send("POST", ROOT + webhook.id() + "/deliveries/" + foreign + "/redeliver", null)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void forgetsOldDeliveries() {
        Webhook webhook = make();
        assertThat(awaitTries(webhook, 1).state()).isEqualTo("delivered");

        companion.clock().advance(Duration.ofDays(31));
        farm.run("webhooks.prune");

        assertThat(deliveries(webhook)).isEmpty();
    }
}
