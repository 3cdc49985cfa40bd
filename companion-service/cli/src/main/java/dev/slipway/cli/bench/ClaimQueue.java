package dev.slipway.cli.bench;

import dev.slipway.server.tasks.TaskQueue;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Matcher;
import java.util.stream.Collectors;

/** The queue's tables, looked at and put back from beside the companion. */
final class ClaimQueue {
    private final Connection connection;

    ClaimQueue(Connection connection) {
        this.connection = connection;
    }

    /** Makes everything that is claimed ready again, as if it never had been. */
    void reset() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "delete from task_attempt where task_id in (select id from task where state = 'running')");
            statement.execute("""
                    update task set state = 'ready', lease_id = null, lease_expires_at = null, lease_user_id = null,
                           worker_id = null, started_at = null, attempts = 0, generation = 0
                     where state = 'running'
                    """);
            statement.execute("vacuum (analyze) task, task_attempt");
            statement.execute("checkpoint");
        }
    }

    long ready() throws SQLException {
        return number("select count(*) from task where state = 'ready'");
    }

    /** Tasks that are claimed, each exactly once. */
    long claimedOnce() throws SQLException {
        return number("""
                select count(*) from task t
                 where state = 'running' and generation = 1 and attempts = 1
                   and (select count(*) from task_attempt a where a.task_id = t.id) = 1
                """);
    }

    private long number(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /**
     * The companion's own statement for pgbench: one claim by a worker that takes one of these lists of slots. Slots are
     * written with dots, since pgbench takes a word behind a colon for a variable.
     */
    String script(List<List<String>> slots) throws SQLException {
        String lists = slots.stream()
                .map(list -> "'" + String.join(" ", list).replace(':', '.') + "'")
                .collect(Collectors.joining(
                        ", ", "string_to_array(replace((array[", "])[1 + :k::integer], '.', ':'), ' ')"));
        String worker = String.valueOf(number("select min(id) from worker"));
        String user = String.valueOf(number("select min(id) from app_user"));
        String statement = TaskQueue.CLAIM_ANY;
        for (String value : List.of(
                "array[" + worker + "]",
                "array[" + user + "]",
                "array['pgbench']",
                lists,
                "1",
                "1",
                "now() + interval '1 minute'",
                "now()")) {
            statement = statement.replaceFirst("\\?", Matcher.quoteReplacement(value));
        }
        return "\\set k random(0, " + (slots.size() - 1) + ")\n"
                + statement.replaceAll("\\s+", " ").strip() + ";\n";
    }
}
