/**
 * Debian packages: binary packages, source packages and the control files around them, read with bounded memory
 * whatever a file claims. Formats: deb(5), deb-control(5), deb-version(7), dsc(5), deb-changes(5), deb-buildinfo(5) and
 * the Debian Policy Manual, chapters 5 and 7.
 */
@NullMarked
package dev.slipway.packages.deb;

import org.jspecify.annotations.NullMarked;
