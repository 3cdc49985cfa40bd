/** Who offers to do which tasks. */
@NullMarked
package dev.slipway.server.workers;

import org.jspecify.annotations.NullMarked;
