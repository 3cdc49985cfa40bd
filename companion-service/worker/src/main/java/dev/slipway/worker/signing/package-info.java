/** Making signatures over the bytes that the companion hands out, with a key file or with gpg. */
@NullMarked
package dev.slipway.worker.signing;

import org.jspecify.annotations.NullMarked;
