/** Named points where a test may halt the process. */
@NullMarked
package dev.slipway.server.failpoints;

import org.jspecify.annotations.NullMarked;
