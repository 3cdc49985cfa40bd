/** Runs the machine's programs: without a shell, with a bounded log, killable as a whole. */
@NullMarked
package dev.slipway.worker.tools;

import org.jspecify.annotations.NullMarked;
