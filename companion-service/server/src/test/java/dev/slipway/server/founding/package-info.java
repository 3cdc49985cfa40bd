/** A client written from the founding document alone. */
@NullMarked
package dev.slipway.server.founding;

import org.jspecify.annotations.NullMarked;
