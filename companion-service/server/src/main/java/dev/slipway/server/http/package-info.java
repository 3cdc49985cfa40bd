/** The HTTP server and what every resource shares: JSON, problems, pages, ETags, ranges, long polls, streams. */
@NullMarked
package dev.slipway.server.http;

import org.jspecify.annotations.NullMarked;
