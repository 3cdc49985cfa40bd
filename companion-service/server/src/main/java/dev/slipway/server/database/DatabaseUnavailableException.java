package dev.slipway.server.database;

import org.jspecify.annotations.Nullable;

/** PostgreSQL cannot be reached, or has no connection to spare: the same call may succeed later. */
public final class DatabaseUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DatabaseUnavailableException(@Nullable Throwable cause) {
        super("the database cannot be reached at the moment", cause);
    }
}
