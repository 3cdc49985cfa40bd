/** The distribution versions that packages are built for. */
@NullMarked
package dev.slipway.server.platforms;

import org.jspecify.annotations.NullMarked;
