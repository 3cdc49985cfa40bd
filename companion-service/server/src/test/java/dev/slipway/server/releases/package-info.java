/** What releases promise. */
@NullMarked
package dev.slipway.server.releases;

import org.jspecify.annotations.NullMarked;
