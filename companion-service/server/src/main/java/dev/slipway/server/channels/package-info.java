/** The served names: which publication clients see under {@code /repos/}, and what they saw before. */
@NullMarked
package dev.slipway.server.channels;

import org.jspecify.annotations.NullMarked;
