/** The founding system's protocol for build nodes, on top of the tasks and leases of workers. */
@NullMarked
package dev.slipway.server.buildnodes;

import org.jspecify.annotations.NullMarked;
