/** Tokens, scopes, roles and users on the wire. */
@NullMarked
package dev.slipway.api.identity;

import org.jspecify.annotations.NullMarked;
