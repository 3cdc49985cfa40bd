/** Releases: which package goes where, what speaks against it, and how all repositories change at one moment. */
@NullMarked
package dev.slipway.server.releases;

import org.jspecify.annotations.NullMarked;
