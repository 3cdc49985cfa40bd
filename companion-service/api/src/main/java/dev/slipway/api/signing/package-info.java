/** Sign keys, sign tasks, the bytes to sign and the signatures on the wire. */
@NullMarked
package dev.slipway.api.signing;

import org.jspecify.annotations.NullMarked;
