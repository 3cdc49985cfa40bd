/**
 * Sign tasks: workers get exactly the bytes to sign, what they answer is verified before it counts, and the service makes
 * the signed files.
 */
@NullMarked
package dev.slipway.server.signing;

import org.jspecify.annotations.NullMarked;
