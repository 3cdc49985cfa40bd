/** Arranges remote work for people to look at. */
@NullMarked
package dev.slipway.client.view;

import org.jspecify.annotations.NullMarked;
