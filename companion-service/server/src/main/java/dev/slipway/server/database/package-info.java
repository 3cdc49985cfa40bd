/** PostgreSQL: embedded or external, pooled, migrated; transactions, plain SQL and notifications. */
@NullMarked
package dev.slipway.server.database;

import org.jspecify.annotations.NullMarked;
