/** The engine's entry: {@link dev.slipway.worker.engine.Engine}. */
@NullMarked
package dev.slipway.worker.engine;

import org.jspecify.annotations.NullMarked;
