/** Runs a task's commands over a root that nobody used before, apart from the host and within limits. */
@NullMarked
package dev.slipway.worker.sandbox;

import org.jspecify.annotations.NullMarked;
