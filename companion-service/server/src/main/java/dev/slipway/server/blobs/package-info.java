/** Content by digest: the store, named blobs, and their resource. */
@NullMarked
package dev.slipway.server.blobs;

import org.jspecify.annotations.NullMarked;
