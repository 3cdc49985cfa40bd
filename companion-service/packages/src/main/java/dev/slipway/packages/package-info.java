@NullMarked
package dev.slipway.packages;

import org.jspecify.annotations.NullMarked;
