/** Sign keys: the public halves, what they may sign for, and until when. */
@NullMarked
package dev.slipway.server.signkeys;

import org.jspecify.annotations.NullMarked;
