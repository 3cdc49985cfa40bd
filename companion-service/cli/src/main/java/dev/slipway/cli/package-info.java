/** The {@code slipway} program: what a person types, and what the processes are started with. */
@NullMarked
package dev.slipway.cli;

import org.jspecify.annotations.NullMarked;
