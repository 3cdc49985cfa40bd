@NullMarked
package dev.slipway.packages.debindex;

import org.jspecify.annotations.NullMarked;
