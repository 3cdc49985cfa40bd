/** Temporary repositories of chosen packages, shared when equal, gone when their time is over. */
@NullMarked
package dev.slipway.server.composes;

import org.jspecify.annotations.NullMarked;
