/** Named sets of platforms with repositories of their own, and the builds put into them. */
@NullMarked
package dev.slipway.server.distributions;

import org.jspecify.annotations.NullMarked;
