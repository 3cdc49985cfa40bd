/** Releases, their plans, checks and edits on the wire. */
@NullMarked
package dev.slipway.api.releases;

import org.jspecify.annotations.NullMarked;
