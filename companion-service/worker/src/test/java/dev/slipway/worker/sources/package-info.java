@NullMarked
package dev.slipway.worker.sources;

import org.jspecify.annotations.NullMarked;
