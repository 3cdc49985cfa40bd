package dev.slipway.server.composes;

import dev.slipway.server.channels.Channels;
import dev.slipway.server.channels.ServedUrls;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.events.Outbox;
import dev.slipway.server.idempotency.Idempotency;
import dev.slipway.server.identity.Audit;
import dev.slipway.server.publications.PublicationHash;
import dev.slipway.server.publications.Publications;
import java.time.Clock;

/** Puts together what makes and ends composes. */
public final class ComposeFeature {

    /** The topic of the wake-up when a compose waits to be made. */
    public static final String TOPIC = "compose";

    private final ComposesResource resource;
    private final ComposeGenerator generator;

    public ComposeFeature(
            Clock clock,
            Transactions transactions,
            Outbox outbox,
            Audit audit,
            Idempotency idempotency,
            Publications publications,
            Channels channels,
            ServedUrls urls,
            ComposeSettings settings) {
        ComposeRows rows = new ComposeRows();
        ComposeView view = new ComposeView(urls);
        ComposeLife life = new ComposeLife(rows, view, publications, channels, outbox, settings.patience(), clock);
        publications.listen(life);
        Composes composes = new Composes(rows, life, view, new PublicationHash(), settings, audit, clock);
        resource = new ComposesResource(transactions, composes, idempotency);
        generator = new ComposeGenerator(transactions, rows, life, publications, clock);
    }

    /** The REST resource of composes. */
    public ComposesResource resource() {
        return resource;
    }

    /** Makes all composes that wait; safe to run in several threads and processes at once. */
    public void generate() {
        generator.generate();
    }

    /** Ends composes whose time is over. */
    public void expire() {
        generator.expire();
    }
}
