/** What distributions promise. */
@NullMarked
package dev.slipway.server.buildnodes;

import org.jspecify.annotations.NullMarked;
