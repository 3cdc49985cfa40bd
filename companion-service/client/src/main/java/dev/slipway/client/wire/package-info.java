/** What everything that speaks with a companion agrees on: its address and its JSON. */
@NullMarked
package dev.slipway.client.wire;

import org.jspecify.annotations.NullMarked;
