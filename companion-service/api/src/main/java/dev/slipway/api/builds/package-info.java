/** Builds: what was asked for, its tasks and what came out. */
@NullMarked
package dev.slipway.api.builds;

import org.jspecify.annotations.NullMarked;
