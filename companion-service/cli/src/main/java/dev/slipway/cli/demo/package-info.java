/** The whole journey on one machine: two companion processes, real sources, every step checked and timed. */
@NullMarked
package dev.slipway.cli.demo;

import org.jspecify.annotations.NullMarked;
