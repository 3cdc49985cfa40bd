/** Tests of teams, grants and what follows from them. */
@NullMarked
package dev.slipway.server.teams;

import org.jspecify.annotations.NullMarked;
