@NullMarked
package dev.slipway.packages.deb;

import org.jspecify.annotations.NullMarked;
