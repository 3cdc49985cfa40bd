/** How people log in by accounts that they have elsewhere, and whose tokens from elsewhere are accepted. */
@NullMarked
package dev.slipway.server.login;

import org.jspecify.annotations.NullMarked;
