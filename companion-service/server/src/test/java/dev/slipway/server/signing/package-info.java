/** What signing promises. */
@NullMarked
package dev.slipway.server.signing;

import org.jspecify.annotations.NullMarked;
