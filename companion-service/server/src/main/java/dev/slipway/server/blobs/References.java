package dev.slipway.server.blobs;

import dev.slipway.server.database.Sql;
import java.util.List;
import java.util.stream.Collectors;
import org.hibernate.StatelessSession;

/** Which columns refer to blobs: asked of the database's own foreign keys, so that none can be forgotten. */
final class References {
    private References() {}

    private record Column(String table, String column) {}

    /** An SQL condition that holds for a digest that no row refers to. */
    static String unused(StatelessSession session, String digest) {
        List<Column> columns = Sql.list(
                session,
                "select c.conrelid::regclass::text as table_name, quote_ident(a.attname) as column_name"
                        + " from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]"
                        + " where c.contype = 'f' and c.confrelid = 'blob'::regclass order by 1, 2",
                row -> new Column(row.text("table_name"), row.text("column_name")));
        return columns.stream()
                .map(c -> "not exists (select 1 from " + c.table + " r where r." + c.column + " = " + digest + ")")
                .collect(Collectors.joining(" and "));
    }
}
