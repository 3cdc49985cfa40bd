/**
 * RPM package files: reading, checking, comparing versions, splicing signatures.
 *
 * <p>Written from the format descriptions in rpm's reference manual ("RPM V4/V6 package format", "Package header
 * format", "Tags", "Large files") and from what rpm 4.18 writes and accepts.
 */
@NullMarked
package dev.slipway.packages.rpm;

import org.jspecify.annotations.NullMarked;
