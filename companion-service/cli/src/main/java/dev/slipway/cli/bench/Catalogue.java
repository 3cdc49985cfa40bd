package dev.slipway.cli.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The data to measure with, written straight into the migrated database: {@code load.sql}. Indexes that are no constraints
 * are made anew behind the data, and foreign keys are left unchecked where the database allows that, since a load that takes
 * minutes would otherwise take an hour.
 */
final class Catalogue {
    /** Source packages of the one large build: five tasks each. */
    static final int SOURCES_OF_LARGE = 100;

    private static final List<String> TABLES = List.of(
            "app_user",
            "platform",
            "build",
            "build_platform",
            "source_url",
            "build_source",
            "task",
            "build_task",
            "task_dependency",
            "task_attempt",
            "blob",
            "package",
            "artifact",
            "build_package",
            "repository",
            "channel",
            "repository_package",
            "repository_version");

    private final Connection connection;
    private final Progress progress;

    Catalogue(Connection connection, Progress progress) {
        this.connection = connection;
        this.progress = progress;
    }

    private record Step(String name, String sql) {}

    /**
     * Loads the data unless a former run has.
     *
     * @param builds with two source packages and ten tasks each; one large build comes on top
     * @param unfinished how many of them, the newest ones, have their source packages and nothing more: eight ready tasks each
     */
    void ensure(long builds, long unfinished) throws Exception {
        Optional<Long> found = newestBuild();
        if (found.isPresent() && found.get() == builds) {
            progress.say("the data of a former run is there");
            return;
        }
        if (found.isPresent()) {
            throw new IOException("the database has other builds in it: give the bench an empty one, or another --var");
        }
        progress.say("loading " + builds + " builds");
        load(builds, unfinished);
    }

    private Optional<Long> newestBuild() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select max(id) from build")) {
            rows.next();
            long id = rows.getLong(1);
            return rows.wasNull() ? Optional.empty() : Optional.of(id);
        }
    }

    private void load(long builds, long unfinished) throws Exception {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set maintenance_work_mem = '512MB'; set synchronous_commit = off");
            leaveForeignKeys(statement);
            List<String> indexes = dropIndexes(statement);
            for (Step step : steps(builds, unfinished)) {
                progress.step(step.name(), () -> statement.execute(step.sql()));
            }
            progress.step("indexes", () -> {
                for (String index : indexes) {
                    statement.execute(index);
                }
                return true;
            });
            progress.step("vacuum and statistics", () -> {
                statement.execute("vacuum (analyze) " + String.join(", ", TABLES));
                return statement.execute("checkpoint");
            });
        }
    }

    private void leaveForeignKeys(Statement statement) {
        try {
            statement.execute("set session_replication_role = replica");
        } catch (SQLException e) {
            progress.say("this database user may not leave foreign keys unchecked: loading takes longer");
        }
    }

    /** Drops the indexes of the loaded tables; how to make them again. */
    private static List<String> dropIndexes(Statement statement) throws SQLException {
        List<String> definitions = new ArrayList<>();
        List<String> names = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery("""
                select i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
                  from pg_index i join pg_class t on t.oid = i.indrelid
                 where not i.indisunique and t.relnamespace = current_schema()::regnamespace and t.relname in ('%s')
                """.formatted(String.join("', '", TABLES)))) {
            while (rows.next()) {
                names.add(rows.getString(1));
                definitions.add(rows.getString(2));
            }
        }
        if (!names.isEmpty()) {
            statement.execute("drop index " + String.join(", ", names));
        }
        return definitions;
    }

    private static List<Step> steps(long builds, long unfinished) throws IOException {
        try (InputStream in = Catalogue.class.getResourceAsStream("load.sql")) {
            if (in == null) {
                throw new IOException("the program was packed without the bench's data");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("${builds}", Long.toString(builds))
                    .replace("${unfinished}", Long.toString(unfinished))
                    .replace("${big}", Integer.toString(SOURCES_OF_LARGE));
            List<Step> steps = new ArrayList<>();
            String[] parts = text.split("-- step: ");
            for (int i = 1; i < parts.length; i++) {
                int end = parts[i].indexOf('\n');
                steps.add(new Step(parts[i].substring(0, end), parts[i].substring(end + 1)));
            }
            return steps;
        }
    }
}
