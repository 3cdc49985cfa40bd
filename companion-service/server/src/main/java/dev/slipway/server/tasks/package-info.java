/** Everything a worker can claim: the queue, leases, logs, uploads, reports, and what a report sets free. */
@NullMarked
package dev.slipway.server.tasks;

import org.jspecify.annotations.NullMarked;
