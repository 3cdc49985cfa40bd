/** What distributions promise. */
@NullMarked
package dev.slipway.server.distributions;

import org.jspecify.annotations.NullMarked;
