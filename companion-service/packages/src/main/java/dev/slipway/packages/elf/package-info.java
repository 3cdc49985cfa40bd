/** Which machine a binary is made for, and whether that fits the architecture its package claims; for RPM and DEB. */
@NullMarked
package dev.slipway.packages.elf;

import org.jspecify.annotations.NullMarked;
