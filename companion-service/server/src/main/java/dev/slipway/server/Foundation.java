package dev.slipway.server;

import dev.slipway.server.blobs.Blobs;
import dev.slipway.server.database.Notifications;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.events.Outbox;
import dev.slipway.server.http.LongPolls;
import dev.slipway.server.http.Streams;
import dev.slipway.server.idempotency.Idempotency;
import dev.slipway.server.identity.Audit;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Supplier;

/**
 * What every feature may be built on.
 *
 * @param publicUrl how callers reach the companion, without a slash at the end; known once it serves
 * @param var the directory of everything the companion keeps
 */
record Foundation(
        Clock clock,
        Settings settings,
        Path var,
        Supplier<URI> publicUrl,
        Transactions transactions,
        Notifications notifications,
        LongPolls longPolls,
        Streams streams,
        Idempotency idempotency,
        Audit audit,
        Outbox outbox,
        Blobs blobs,
        MeterRegistry metrics) {}
