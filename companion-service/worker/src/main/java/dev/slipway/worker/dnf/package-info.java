/** Runs the host's dnf on a task's root. */
@NullMarked
package dev.slipway.worker.dnf;

import org.jspecify.annotations.NullMarked;
