/** Following remote work until it ends: pure rules that say what is news and what is over. */
@NullMarked
package dev.slipway.client.follow;

import org.jspecify.annotations.NullMarked;
