@NullMarked
package dev.slipway.worker.roots;

import org.jspecify.annotations.NullMarked;
