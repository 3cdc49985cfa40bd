/**
 * The worker's side of the task protocol: claims, leases, logs, uploads and reports. What a task needs done is the
 * engine's or a signer's business.
 */
@NullMarked
package dev.slipway.worker.runtime;

import org.jspecify.annotations.NullMarked;
