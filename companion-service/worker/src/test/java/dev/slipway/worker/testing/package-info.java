@NullMarked
package dev.slipway.worker.testing;

import org.jspecify.annotations.NullMarked;
