package dev.slipway.server.webhooks;

import dev.slipway.server.database.Transactions;
import dev.slipway.server.events.Outbox;
import dev.slipway.server.idempotency.Idempotency;
import dev.slipway.server.identity.Audit;
import java.io.IOException;
import java.time.Clock;

/** Puts webhooks together. */
public final class WebhookFeature implements AutoCloseable {
    /** The notifications' topic that says that there is something to send. */
    public static final String TOPIC = Deliveries.TOPIC;

    private final Transactions transactions;
    private final Deliveries deliveries;
    private final HookDispatch dispatch;
    private final WebhooksResource resource;

    /** Reads, or makes, the key that secrets are sealed with. */
    public WebhookFeature(
            Clock clock,
            Transactions transactions,
            Outbox outbox,
            Audit audit,
            Idempotency idempotency,
            WebhookSettings settings)
            throws IOException {
        this.transactions = transactions;
        this.deliveries = new Deliveries(clock, settings);
        Targets targets = new Targets(settings);
        SecretBox box = SecretBox.of(settings.keyFile());
        this.dispatch = new HookDispatch(
                clock,
                transactions,
                deliveries,
                new Health(clock, settings, deliveries, audit, outbox),
                new HookSender(targets),
                box);
        Webhooks webhooks = new Webhooks(clock, targets, box, deliveries, audit);
        this.resource = new WebhooksResource(transactions, webhooks, idempotency);
    }

    public Object resource() {
        return resource;
    }

    /** Begins to send what is due. */
    public void deliver() {
        dispatch.run();
    }

    /** Forgets deliveries that were settled long ago. */
    public void prune() {
        transactions.run(deliveries::prune);
    }

    @Override
    public void close() {
        dispatch.close();
    }
}
