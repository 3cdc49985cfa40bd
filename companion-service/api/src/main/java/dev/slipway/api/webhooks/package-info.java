/** Whom the service tells of events over HTTP, and what became of each telling. */
@NullMarked
package dev.slipway.api.webhooks;

import org.jspecify.annotations.NullMarked;
