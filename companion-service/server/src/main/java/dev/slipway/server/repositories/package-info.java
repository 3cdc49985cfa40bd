/** Named sets of packages with numbered versions: what is in them, and since when. */
@NullMarked
package dev.slipway.server.repositories;

import org.jspecify.annotations.NullMarked;
