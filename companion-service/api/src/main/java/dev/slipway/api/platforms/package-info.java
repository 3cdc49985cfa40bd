/** Platforms: the distribution versions that packages are built for. */
@NullMarked
package dev.slipway.api.platforms;

import org.jspecify.annotations.NullMarked;
