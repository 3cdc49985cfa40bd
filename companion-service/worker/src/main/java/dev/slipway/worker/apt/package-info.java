/** Lets a root's own apt install from a job's repositories. */
@NullMarked
package dev.slipway.worker.apt;

import org.jspecify.annotations.NullMarked;
