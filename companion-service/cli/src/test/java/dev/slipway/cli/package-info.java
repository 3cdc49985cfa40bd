/** Tests of the program's commands against a companion. */
@NullMarked
package dev.slipway.cli;

import org.jspecify.annotations.NullMarked;
