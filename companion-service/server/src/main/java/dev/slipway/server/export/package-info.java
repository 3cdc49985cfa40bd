/** Plain trees of what is served, for mirrors and other web servers. */
@NullMarked
package dev.slipway.server.export;

import org.jspecify.annotations.NullMarked;
