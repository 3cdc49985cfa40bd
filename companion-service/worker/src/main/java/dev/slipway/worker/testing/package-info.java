/** Tests packages: installs them in a fresh root, checks them, runs their tests, removes them. */
@NullMarked
package dev.slipway.worker.testing;

import org.jspecify.annotations.NullMarked;
