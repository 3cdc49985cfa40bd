@NullMarked
package dev.slipway.worker.sandbox;

import org.jspecify.annotations.NullMarked;
