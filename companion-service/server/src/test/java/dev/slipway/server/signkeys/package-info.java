/** What sign keys promise. */
@NullMarked
package dev.slipway.server.signkeys;

import org.jspecify.annotations.NullMarked;
