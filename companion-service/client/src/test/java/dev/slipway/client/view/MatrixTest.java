package dev.slipway.client.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MatrixTest {
    private record Task(String platform, String arch, String name) {}

    private static final Matrix<Task> MATRIX = Matrix.of(
            List.of(
                    new Task("el9", "x86_64", "a"),
                    new Task("el9", "src", "b"),
                    new Task("bookworm", "amd64", "c"),
                    new Task("el9", "x86_64", "d")),
            Task::platform,
            Task::arch);

    @Test
    void columnsAreSortedWithTheSourceFirst() {
        assertThat(MATRIX.getColumns()).containsExactly("src", "amd64", "x86_64");
    }

    @Test
    void rowsKeepTheirOrder() {
        assertThat(MATRIX.getRows()).extracting(Matrix.Row::getName).containsExactly("el9", "bookworm");
    }

    @Test
    void everyRowHasACellForEveryColumn() {
        assertThat(MATRIX.getRows().get(1).getCells()).extracting(List::size).containsExactly(0, 1, 0);
    }

    @Test
    void severalThingsShareACell() {
        assertThat(MATRIX.getRows().get(0).getCells().get(2))
                .extracting(Task::name)
                .containsExactly("a", "d");
    }
}
