@NullMarked
package dev.slipway.worker.tools;

import org.jspecify.annotations.NullMarked;
