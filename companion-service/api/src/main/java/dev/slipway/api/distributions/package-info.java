/** Distributions on the wire. */
@NullMarked
package dev.slipway.api.distributions;

import org.jspecify.annotations.NullMarked;
