/** What catalogues of projects promise. */
@NullMarked
package dev.slipway.server.projects;

import org.jspecify.annotations.NullMarked;
