package dev.slipway.client.view;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Things arranged by two of their traits, such as tasks by platform and architecture. Rows stay in the order in which
 * they first come; columns are sorted, with {@code src} before all others. The accessors are named so that page
 * templates find them.
 */
public final class Matrix<T> {
    private static final Comparator<String> SOURCE_FIRST =
            Comparator.comparing((String column) -> !column.equals("src")).thenComparing(Comparator.naturalOrder());

    private final List<String> columns;
    private final List<Row<T>> rows;

    private Matrix(List<String> columns, List<Row<T>> rows) {
        this.columns = List.copyOf(columns);
        this.rows = List.copyOf(rows);
    }

    public static <T> Matrix<T> of(Collection<T> things, Function<T, String> row, Function<T, String> column) {
        Map<String, List<T>> byRow = new LinkedHashMap<>();
        TreeSet<String> columns = new TreeSet<>(SOURCE_FIRST);
        for (T thing : things) {
            byRow.computeIfAbsent(row.apply(thing), r -> new ArrayList<>()).add(thing);
            columns.add(column.apply(thing));
        }
        List<Row<T>> rows = new ArrayList<>();
        byRow.forEach((name, inRow) -> rows.add(new Row<>(
                name,
                columns.stream()
                        .map(c -> inRow.stream()
                                .filter(thing -> column.apply(thing).equals(c))
                                .toList())
                        .toList())));
        return new Matrix<>(List.copyOf(columns), rows);
    }

    public List<String> getColumns() {
        return columns;
    }

    public List<Row<T>> getRows() {
        return rows;
    }

    /** One row: for each column the things that are there, often one, sometimes none. */
    public static final class Row<T> {
        private final String name;
        private final List<List<T>> cells;

        Row(String name, List<List<T>> cells) {
            this.name = name;
            this.cells = List.copyOf(cells);
        }

        public String getName() {
            return name;
        }

        public List<List<T>> getCells() {
            return cells;
        }
    }
}
