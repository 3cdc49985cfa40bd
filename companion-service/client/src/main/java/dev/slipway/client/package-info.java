/** The companion seen from a program: one class per area of its REST API, and what they need. */
@NullMarked
package dev.slipway.client;

import org.jspecify.annotations.NullMarked;
