/** What a job's log tells about its failure, and which of the files it made are taken. */
@NullMarked
package dev.slipway.worker.results;

import org.jspecify.annotations.NullMarked;
