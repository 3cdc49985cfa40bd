package dev.slipway.server.database;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What an exception from the database means. Codes: PostgreSQL's appendix "Error Codes". */
public final class SqlStates {
    private static final Set<String> CONFLICTS = Set.of("40001", "40P01");
    private static final Set<String> SHUTDOWNS = Set.of("57P01", "57P02", "57P03", "53300");

    private static final Set<String> UNSTORABLE = Set.of("22021", "22P05");

    private SqlStates() {}

    /** Whether the transaction lost against another and may win when it is run again. */
    static boolean isConflict(Throwable thrown) {
        SQLException cause = cause(thrown);
        return cause != null && CONFLICTS.contains(String.valueOf(cause.getSQLState()));
    }

    /** Whether the server is away or full. */
    static boolean isUnavailable(Throwable thrown) {
        SQLException cause = cause(thrown);
        if (cause == null) {
            return false;
        }
        String state = String.valueOf(cause.getSQLState());
        return cause instanceof SQLTransientConnectionException || state.startsWith("08") || SHUTDOWNS.contains(state);
    }

    /** Whether a text was refused because PostgreSQL cannot hold it: one with a NUL character in it. */
    public static boolean isUnstorableText(Throwable thrown) {
        SQLException cause = cause(thrown);
        return cause != null && UNSTORABLE.contains(String.valueOf(cause.getSQLState()));
    }

    /** Whether the exception is the violation of the named constraint or unique index. */
    public static boolean violates(Throwable thrown, String constraint) {
        if (cause(thrown) instanceof PSQLException e) {
            ServerErrorMessage message = e.getServerErrorMessage();
            return message != null && constraint.equals(message.getConstraint());
        }
        return false;
    }

    private static @Nullable SQLException cause(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof SQLException e) {
                return e;
            }
        }
        return null;
    }
}
