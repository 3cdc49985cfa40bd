package dev.slipway.server.repositories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.repositories.RepositoryPackage;
import dev.slipway.packages.fixtures.SampleRpms;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.http.ProblemException;
import dev.slipway.server.testing.Inside;
import dev.slipway.server.testing.TestClock;
import dev.slipway.server.testing.TestPostgres;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

final class RepositoriesTest {
    private static final TestClock CLOCK = new TestClock();
    private static String database;
    private static Inside inside;
    private static long tide1;
    private static long tide2;
    private static long words;

    private final Repositories repositories = new Repositories(CLOCK);
    private final RepositoryHistory history = new RepositoryHistory();
    private Transactions transactions;
    private long repository;

    @BeforeAll
    static void packages(@TempDir Path var) {
        database = TestPostgres.instance().newDatabase();
        inside = new Inside(database, var, CLOCK);
        tide1 = inside.ingest(SampleRpms.simple("tide", "1", "noarch"));
        tide2 = inside.ingest(SampleRpms.simple("tide", "2", "noarch"));
        words = inside.ingest(SampleRpms.simple("words", "1", "noarch"));
    }

    @AfterAll
    static void drop() {
        inside.close();
        TestPostgres.instance().drop(database);
    }

    @BeforeEach
    void make(TestInfo test) {
        transactions = inside.transactions();
        repository = make(test.getDisplayName());
    }

    private long make(String name) {
        return transactions.call(session -> repositories
                .create(
                        new NewRepository(
                                name,
                                "noarch",
                                RepositoryType.RPM,
                                false,
                                RepositoryKind.HOSTED,
                                false,
                                null,
                                null,
                                null,
                                null,
                                null,
                                RepositoryOptions.NONE),
                        session)
                .id());
    }

    private int change(List<Long> add, List<Long> remove) {
        return transactions.call(session -> repositories.change(repository, add, remove, "test", session));
    }

    private List<Long> content(int version) {
        return transactions.read(session -> history.packages(repository, version, 0, 0, 100, session).stream()
                .map(RepositoryPackage::id)
                .toList());
    }

    @Test
    void beginsWithAnEmptyVersion() {
        assertThat(content(1)).isEmpty();
    }

    @Test
    void makesAVersionOfEachChange() {
        assertThat(change(List.of(tide1, words), List.of())).isEqualTo(2);
        assertThat(change(List.of(tide2), List.of(tide1))).isEqualTo(3);
        assertThat(content(3)).containsExactly(tide2, words);
    }

    // acceptance case 82: the same bytes again are no change
    @Test
    void makesNoVersionWhenNothingChanges() {
        change(List.of(tide1), List.of());

        assertThat(change(List.of(tide1), List.of(words))).isEqualTo(2);
        long versions = transactions.read(session -> history.countVersions(repository, session));
        assertThat(versions).isEqualTo(2);
    }

    @Test
    void listsAnyPastVersion() {
        change(List.of(tide1), List.of());
        change(List.of(words), List.of(tide1));
        change(List.of(tide1), List.of());

        assertThat(content(1)).isEmpty();
        assertThat(content(2)).containsExactly(tide1);
        assertThat(content(3)).containsExactly(words);
        assertThat(content(4)).containsExactly(tide1, words);
    }

    @Test
    void tellsWhatAVersionBrought() {
        change(List.of(tide1, words), List.of());
        change(List.of(tide2), List.of(tide1, words));

        var newest = transactions
                .read(session -> history.versions(repository, Long.MAX_VALUE, 0, 1, session))
                .get(0);
        assertThat(newest.number()).isEqualTo(3);
        assertThat(newest.added()).isEqualTo(1);
        assertThat(newest.removed()).isEqualTo(2);
        assertThat(newest.packageCount()).isEqualTo(1);
    }

    @Test
    void givesEqualSetsEqualHashes() {
        change(List.of(tide1, words), List.of());
        long other = make("another with the same");
        transactions.run(session -> repositories.change(other, List.of(words, tide1), List.of(), "test", session));

        assertThat(inside.number(
                        "select count(distinct content_hash) from repository_version where number = 2"
                                + " and repository_id in (?, ?)",
                        repository,
                        other))
                .isEqualTo(1);
    }

    // acceptance case 82: the same version with other bytes is refused
    @Test
    void refusesOtherBytesUnderTheSameIdentity() {
        long rebuilt = inside.ingest(SampleRpms.build(
                spec -> spec.name("tide").version("1").arch("noarch").file("/usr/share/tide/data", "other\n")));
        change(List.of(tide1), List.of());

        assertThatThrownBy(() -> change(List.of(rebuilt), List.of()))
                .isInstanceOfSatisfying(ProblemException.class, problem -> {
                    assertThat(problem.status()).isEqualTo(409);
                    assertThat(problem)
                            .hasMessageContainingAll("tide-1-1.noarch", "refusesOtherBytes", "higher version");
                });
        assertThat(content(2)).containsExactly(tide1);
    }

    @Test
    void takesOtherBytesInPlaceOfTheFormerOnes() {
        long rebuilt = inside.ingest(SampleRpms.build(
                spec -> spec.name("tide").version("1").arch("noarch").file("/usr/share/tide/data", "other\n")));
        change(List.of(tide1), List.of());

        assertThat(change(List.of(rebuilt), List.of(tide1))).isEqualTo(3);
        assertThat(content(3)).containsExactly(rebuilt);
    }

    @Test
    void refusesTwoFilesOfOneName() {
        long epoch = inside.ingest(SampleRpms.build(
                spec -> spec.name("tide").epoch(1).version("1").arch("noarch").file("/usr/share/tide/data", "x\n")));

        assertThatThrownBy(() -> change(List.of(tide1, epoch), List.of()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("tide-1-1.noarch.rpm");
    }

    @Test
    void refusesAnUnknownPackage() {
        assertThatThrownBy(() -> change(List.of(999_999L), List.of()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("there is no package 999999");
    }

    @Test
    void refusesASecondRepositoryOfTheSameName(TestInfo test) {
        assertThatThrownBy(() -> make(test.getDisplayName()))
                .isInstanceOfSatisfying(
                        ProblemException.class, p -> assertThat(p.status()).isEqualTo(409));
    }

    @Test
    void letsConcurrentChangesWaitForEachOther() {
        List<Long> ids = Stream.of("a", "b", "c", "d", "e", "f")
                .map(name -> inside.ingest(SampleRpms.simple("parallel-" + name, "1", "noarch")))
                .toList();

        CompletableFuture.allOf(ids.stream()
                        .map(id -> CompletableFuture.runAsync(() -> change(List.of(id), List.of())))
                        .toArray(CompletableFuture[]::new))
                .join();

        assertThat(content(7)).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(IntStream.rangeClosed(1, 7)
                        .mapToObj(version -> content(version).size()))
                .containsExactly(0, 1, 2, 3, 4, 5, 6);
    }
}
