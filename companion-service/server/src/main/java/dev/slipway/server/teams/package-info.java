/** Teams, and the roles that users and teams were granted. */
@NullMarked
package dev.slipway.server.teams;

import org.jspecify.annotations.NullMarked;
