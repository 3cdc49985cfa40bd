/** Builds: validated, planned into tasks, followed to their end. */
@NullMarked
package dev.slipway.server.builds;

import org.jspecify.annotations.NullMarked;
