/** Changes that others must learn of: the outbox and the stream of events. */
@NullMarked
package dev.slipway.server.events;

import org.jspecify.annotations.NullMarked;
