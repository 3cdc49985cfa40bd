/** Makes Debian source packages from Git, and Debian packages from source packages. */
@NullMarked
package dev.slipway.worker.deb;

import org.jspecify.annotations.NullMarked;
