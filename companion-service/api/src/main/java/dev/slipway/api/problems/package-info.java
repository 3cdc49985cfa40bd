/** Problem details (RFC 9457) as the companion answers them. */
@NullMarked
package dev.slipway.api.problems;

import org.jspecify.annotations.NullMarked;
