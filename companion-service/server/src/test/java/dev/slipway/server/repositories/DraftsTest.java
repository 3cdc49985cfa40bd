package dev.slipway.server.repositories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.server.database.Database;
import dev.slipway.server.database.DatabaseAddress;
import dev.slipway.server.database.Sql;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.testing.TestPostgres;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class DraftsTest {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Repositories REPOSITORIES = new Repositories(Clock.systemUTC());
    private static final String URL = TestPostgres.instance().newDatabase();
    private static final Database DATABASE = Database.open(DatabaseAddress.parse(URL), 4, List.of());
    private static final Transactions TRANSACTIONS = new Transactions(DATABASE);

    private final long repository = TRANSACTIONS.call(session -> REPOSITORIES
            .create(
                    new NewRepository(
                            "drafts-" + NUMBER.incrementAndGet(),
                            "x86_64",
                            RepositoryType.RPM,
                            false,
                            RepositoryKind.HOSTED,
                            true,
                            null,
                            null,
                            null,
                            null,
                            null,
                            RepositoryOptions.NONE),
                    session)
            .id());
    private final long one = newPackage();
    private final long two = newPackage();

    @AfterAll
    static void close() {
        DATABASE.close();
        TestPostgres.instance().drop(URL);
    }

    private static long newPackage() {
        String name = "p" + NUMBER.incrementAndGet();
        String sha256 = ContentHash.ofText(name);
        return TRANSACTIONS.call(session -> {
            Sql.update(session, "insert into blob (sha256, size, created_at) values (?, 1, now())", sha256);
            return Sql.number(session, """
                    insert into package (format, name, version, release, arch, nevra, is_source, is_debug, source_name,
                        summary, file_name, blob_sha256, size, content_digest, header, created_at)
                    values ('rpm', ?, '1', '1', 'x86_64', ?, false, false, ?, '', ?, ?, 1, ?, '{}', now()) returning id""", name, name + "-1-1.x86_64", name, name + "-1-1.x86_64.rpm", sha256, sha256);
        });
    }

    private int draft(List<Long> add, List<Long> remove) {
        return TRANSACTIONS.call(session -> REPOSITORIES.draft(repository, add, remove, "test", session));
    }

    private boolean adopt(int draft) {
        return TRANSACTIONS.call(session -> REPOSITORIES.adopt(repository, draft, session));
    }

    private int current() {
        return TRANSACTIONS.read(
                session -> REPOSITORIES.get(repository, session).currentVersion());
    }

    private List<Long> live() {
        return TRANSACTIONS.read(session -> Sql.list(
                session,
                "select package_id from repository_package where repository_id = ? and removed_in is null order by 1",
                row -> row.number("package_id"),
                repository));
    }

    @Test
    void showsNothingOfADraft() {
        draft(List.of(one), List.of());

        assertThat(current()).isEqualTo(1);
        assertThat(live()).isEmpty();
        assertThat(TRANSACTIONS.<Long>read(s -> new RepositoryHistory().countVersions(repository, s)))
                .isEqualTo(1);
    }

    @Test
    void becomesTheCurrentVersionWhenItIsAdopted() {
        adopt(draft(List.of(one, two), List.of()));
        int draft = draft(List.of(), List.of(one));

        assertThat(adopt(draft)).isTrue();
        assertThat(current()).isEqualTo(draft);
        assertThat(live()).containsExactly(two);
    }

    @Test
    void isNotAdoptedOnceTheRepositoryHasChanged() {
        int first = draft(List.of(one), List.of());
        int second = draft(List.of(two), List.of());

        assertThat(adopt(second)).isTrue();
        assertThat(adopt(first)).isFalse();
        assertThat(live()).containsExactly(two);
        assertThat(current()).isEqualTo(second);
    }

    @Test
    void mayBeAdoptedTwice() {
        int draft = draft(List.of(one), List.of());

        assertThat(adopt(draft)).isTrue();
        assertThat(adopt(draft)).isTrue();
        assertThat(live()).containsExactly(one);
    }

    @Test
    void leavesItsNumberFreeForNobodyElse() {
        int forgotten = draft(List.of(one), List.of());
        int change = TRANSACTIONS.call(s -> REPOSITORIES.change(repository, List.of(two), List.of(), "test", s));

        assertThat(change).isGreaterThan(forgotten);
    }

    @Test
    void isTheCurrentVersionWhenNothingWouldChange() {
        adopt(draft(List.of(one), List.of()));

        assertThat(draft(List.of(one), List.of(two))).isEqualTo(current());
    }

    @Test
    void canSayExactlyWhatThereIsToBe() {
        adopt(draft(List.of(one), List.of()));

        adopt(TRANSACTIONS.call(s -> REPOSITORIES.draftExactly(repository, Set.of(two), "test", s)));

        assertThat(live()).containsExactly(two);
    }

    @Test
    void hasTheContentHashOfTheVersionItBecomes() {
        String drafted = hash(draft(List.of(one, two), List.of()));
        adopt(draft(List.of(two), List.of()));
        int again = draft(List.of(one), List.of());

        assertThat(hash(again)).isEqualTo(drafted);
    }

    private String hash(int version) {
        return TestPostgres.value(
                URL,
                "select content_hash from repository_version where repository_id = " + repository + " and number = "
                        + version);
    }
}
