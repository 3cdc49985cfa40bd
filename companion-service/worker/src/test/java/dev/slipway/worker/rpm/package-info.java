@NullMarked
package dev.slipway.worker.rpm;

import org.jspecify.annotations.NullMarked;
