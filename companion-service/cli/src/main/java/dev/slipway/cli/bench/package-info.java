/**
 * Measures the companion as its callers meet it: a process of its own, real HTTP, a real database of real size, and, where
 * there is one, a peer in the same run.
 */
@NullMarked
package dev.slipway.cli.bench;

import org.jspecify.annotations.NullMarked;
