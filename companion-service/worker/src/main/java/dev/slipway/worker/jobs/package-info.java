/** What a worker is asked to do and how it ended, apart from how it was asked. */
@NullMarked
package dev.slipway.worker.jobs;

import org.jspecify.annotations.NullMarked;
