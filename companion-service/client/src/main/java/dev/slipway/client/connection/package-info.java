/** Whether a companion can be reached, what it is, and what its caller may do there. */
@NullMarked
package dev.slipway.client.connection;

import org.jspecify.annotations.NullMarked;
