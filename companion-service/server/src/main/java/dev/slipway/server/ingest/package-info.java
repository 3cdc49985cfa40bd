/** Packages read once as they come in, kept with ready-made metadata fragments. */
@NullMarked
package dev.slipway.server.ingest;

import org.jspecify.annotations.NullMarked;
