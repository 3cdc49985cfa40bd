@NullMarked
package dev.slipway.worker.deb;

import org.jspecify.annotations.NullMarked;
