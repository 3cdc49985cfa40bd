/**
 * The indexes of an apt repository: stanzas that are made once per package, the files they are put together to, and the
 * {@code Release} file that vouches for them. Everything is a pure function of what it is given.
 */
@NullMarked
package dev.slipway.packages.debindex;

import org.jspecify.annotations.NullMarked;
