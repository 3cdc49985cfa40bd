package dev.slipway.server.webhooks;

import dev.slipway.server.database.Sql;
import dev.slipway.server.events.Outbox;
import dev.slipway.server.identity.Audit;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** Switches webhooks off that have taken nothing for long, so that dead addresses are not called for ever. */
final class Health {
    private static final int GONE = 410;

    private record Run(int failures, Instant since, boolean active, String name) {}

    private final Clock clock;
    private final WebhookSettings settings;
    private final Deliveries deliveries;
    private final Audit audit;
    private final Outbox outbox;

    Health(Clock clock, WebhookSettings settings, Deliveries deliveries, Audit audit, Outbox outbox) {
        this.clock = clock;
        this.settings = settings;
        this.deliveries = deliveries;
        this.audit = audit;
        this.outbox = outbox;
    }

    void note(long webhookId, HookSender.Outcome outcome, StatelessSession session) {
        if (outcome.isTaken()) {
            Sql.update(
                    session,
                    "update webhook set failures = 0, failing_since = null where id = ? and failures > 0",
                    webhookId);
            return;
        }
        Instant now = clock.instant();
        Sql.one(
                        session,
                        "update webhook set failures = failures + 1, failing_since = coalesce(failing_since, ?)"
                                + " where id = ? returning failures, failing_since, active, name",
                        row -> new Run(
                                row.integer("failures"),
                                row.instant("failing_since"),
                                row.flag("active"),
                                row.text("name")),
                        now,
                        webhookId)
                .ifPresent(run -> {
                    String reason = reason(run, outcome.status(), now);
                    if (run.active() && reason != null) {
                        disable(webhookId, run.name(), reason, session);
                    }
                });
    }

    private @Nullable String reason(Run run, @Nullable Integer status, Instant now) {
        if (status != null && status == GONE) {
            return "the receiver answered 410: it does not want to be told any more";
        }
        Duration failing = Duration.between(run.since(), now);
        return run.failures() >= WebhookSettings.MOST_FAILURES && failing.compareTo(settings.disableAfter()) >= 0
                ? "the last " + run.failures() + " tries failed, the first of them on " + run.since()
                : null;
    }

    private void disable(long webhookId, String name, String reason, StatelessSession session) {
        Sql.update(
                session,
                "update webhook set active = false, disabled_reason = ?, revision = revision + 1 where id = ?",
                reason,
                webhookId);
        deliveries.giveUp(webhookId, session);
        audit.recordOwn(session, "disable", "webhook", webhookId, null, Map.of("reason", reason));
        outbox.announce(session, "webhook.disabled", "webhook", webhookId, Map.of("name", name, "reason", reason));
    }
}
