/** The same POST twice has one effect and one answer. */
@NullMarked
package dev.slipway.server.idempotency;

import org.jspecify.annotations.NullMarked;
