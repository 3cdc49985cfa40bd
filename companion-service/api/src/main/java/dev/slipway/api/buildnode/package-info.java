/** What build nodes of the founding system say and hear: they know of neither leases nor workers. */
@NullMarked
package dev.slipway.api.buildnode;

import org.jspecify.annotations.NullMarked;
