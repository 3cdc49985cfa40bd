/** Test tasks made from finished builds, and their results. */
@NullMarked
package dev.slipway.server.tests;

import org.jspecify.annotations.NullMarked;
