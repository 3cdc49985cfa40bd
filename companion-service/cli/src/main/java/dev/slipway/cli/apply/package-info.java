/** Declarations in YAML, and bringing a companion in line with them. */
@NullMarked
package dev.slipway.cli.apply;

import org.jspecify.annotations.NullMarked;
