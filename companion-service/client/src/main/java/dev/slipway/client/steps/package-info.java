/**
 * What the pipeline steps do, without a pipeline: ask for remote work, follow it until it ends, survive the end of the
 * own process and the absence of the companion, and stop when told to.
 */
@NullMarked
package dev.slipway.client.steps;

import org.jspecify.annotations.NullMarked;
