/** Work that runs by the clock. */
@NullMarked
package dev.slipway.server.background;

import org.jspecify.annotations.NullMarked;
