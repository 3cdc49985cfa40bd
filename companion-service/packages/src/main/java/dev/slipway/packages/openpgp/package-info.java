/**
 * OpenPGP as package repositories use it: certificates, signing keys, detached and clear-signed
 * signatures. Bouncy Castle does the cryptography and the packets; what a key may do at which time is
 * decided here, since the library leaves that to its caller.
 */
@NullMarked
package dev.slipway.packages.openpgp;

import org.jspecify.annotations.NullMarked;
