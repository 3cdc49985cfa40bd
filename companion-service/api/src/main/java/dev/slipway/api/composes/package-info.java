/** Composes on the wire. */
@NullMarked
package dev.slipway.api.composes;

import org.jspecify.annotations.NullMarked;
