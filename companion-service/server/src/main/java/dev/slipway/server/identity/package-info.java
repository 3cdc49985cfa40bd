/** Who calls and what they may do: users, tokens, scopes, audit. */
@NullMarked
package dev.slipway.server.identity;

import org.jspecify.annotations.NullMarked;
