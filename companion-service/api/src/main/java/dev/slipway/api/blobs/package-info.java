/** Blobs on the wire. */
@NullMarked
package dev.slipway.api.blobs;

import org.jspecify.annotations.NullMarked;
