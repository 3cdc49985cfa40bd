/** Which companion a caller means, when several are configured on several levels. */
@NullMarked
package dev.slipway.client.servers;

import org.jspecify.annotations.NullMarked;
