/** Tests of a build's packages and their results. */
@NullMarked
package dev.slipway.api.tests;

import org.jspecify.annotations.NullMarked;
