@NullMarked
package dev.slipway.worker.results;

import org.jspecify.annotations.NullMarked;
