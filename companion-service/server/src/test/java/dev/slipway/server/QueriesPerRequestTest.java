package dev.slipway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.api.builds.Build;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.Farm;
import dev.slipway.server.testing.Inside;
import dev.slipway.server.testing.StatementCounter;
import dev.slipway.server.testing.TestResponse;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The number of SQL statements of a request is bounded, and does not grow with the rows that it shows. */
final class QueriesPerRequestTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    private static final int FEW = 2;
    private static final int MORE = 20;
    private static final int REQUESTS = 3;
    private static final int MOST_STATEMENTS = 12;
    /** Less than it takes to read a build. */
    private static final int MOST_OF_KEPT = 3;

    private static int rows;

    private final Farm farm = new Farm(companion);
    private final Inside inside = Inside.of(companion);
    private final StatementCounter counter = new StatementCounter();

    @AfterEach
    void close() {
        counter.close();
        inside.close();
    }

    /**
     * The statements of a request whose answer must have at least so many entries where it is a list. The least of a few
     * requests, since now and then one reads its token again.
     */
    private int statements(String path, int entries) {
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < REQUESTS; i++) {
            counter.take();
            TestResponse answer = companion.admin().get(path);
            least = Math.min(least, counter.take());
            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            if (answer.json().isArray()) {
                assertThat(answer.json().size()).isGreaterThanOrEqualTo(entries);
            }
        }
        assertThat(least).as(path).isBetween(1, MOST_STATEMENTS);
        return least;
    }

    private void add(String table, int number) {
        for (int i = 0; i < number; i++) {
            addOne(table, ++rows);
        }
    }

    private void addOne(String table, int n) {
        switch (table) {
            case "build" -> farm.build(farm.platform("rpm", "x86_64", "aarch64"), "anchor", "buoy");
            case "platform" -> farm.platform("deb", "amd64");
            case "worker" -> farm.worker("x86_64");
            case "app_user" -> companion.as(Farm.unique("mate"), "builds:read");
            case "repository" -> repository(n);
            case "package" -> {
                long repository = inside.number("select min(id) from repository where kind = 'hosted'");
                inside.execute(
                        "insert into repository_package (repository_id, package_id, nevra, added_in) values (?, ?, ?, 1)",
                        repository,
                        packageOf(n),
                        "keel-" + n);
                inside.execute("update repository_version set package_count = package_count + 1");
            }
            case "sign_key" -> signKey(n);
            case "sign_task" -> {
                long task = inside.insert("""
                        insert into task (kind, slot, state, owner_id, arch, timeout_seconds, created_at)
                        values ('sign', 'sign:none', 'succeeded', 1, '', 60, now()) returning id
                        """);
                long build = inside.insert(
                        "insert into build (owner_id, created_at, finished_at, options) values (1, now(), now(), '{}') returning id");
                inside.execute(
                        "insert into sign_task (task_id, purpose, sign_key_id, build_id, created_at) values (?, 'build', ?, ?, now())",
                        task,
                        signKey(n),
                        build);
            }
            case "distribution" -> distribution(n);
            case "release" ->
                inside.execute(
                        """
                    insert into release (owner_id, platform_id, distribution_id, status, plan, plan_hash, created_at)
                    values (1, ?, ?, 4, '{"packages": [], "repositories": [], "checks": []}', repeat('0', 64), now())
                    """,
                        inside.number("select id from platform where name = ?", farm.platform("rpm", "x86_64")),
                        distribution(n));
            case "compose" -> {
                long content = inside.insert("""
                        insert into content_set (hash, package_ids, package_count, created_at)
                        values (?, '{}', 0, now()) returning id
                        """, "set" + n);
                inside.execute("""
                        insert into compose (owner_id, state, request, type, content_set_id, content_hash, options,
                                             lifetime_seconds, time_submitted, time_to_expire, time_removed)
                        values (1, 3, '{"source": {"packages": ["keel"]}}', 'rpm', ?, repeat('0', 64), '{}', 60, now(), now(), now())
                        """, content);
            }
            default -> throw new IllegalArgumentException(table);
        }
    }

    private long repository(int n) {
        long id = inside.insert("""
                insert into repository (name, arch, type, kind, options, current_version, created_at)
                values (?, 'x86_64', 'rpm', 'hosted', '{}', 1, now()) returning id
                """, "harbour" + n);
        inside.execute("insert into channel (path, type, repository_id) values (?, 'rpm', ?)", "harbour" + n, id);
        inside.execute("""
                insert into repository_version (repository_id, number, content_hash, package_count, reason, created_at)
                values (?, 1, 'h', 0, 'test', now())
                """, id);
        return id;
    }

    private long packageOf(int n) {
        String digest = "%064x".formatted(n);
        inside.execute("insert into blob (sha256, size, created_at) values (?, 1, now())", digest);
        return inside.insert("""
                insert into package (format, name, version, release, arch, nevra, is_source, is_debug, source_name, summary,
                                     file_name, blob_sha256, size, content_digest, header, created_at)
                values ('rpm', 'keel', '1', ?, 'x86_64', ?, false, false, 'keel', 'A keel', 'keel.rpm', ?, 1, ?, '{}', now())
                returning id
                """, String.valueOf(n), "keel-" + n, digest, digest);
    }

    private long signKey(int n) {
        return inside.insert("""
                insert into sign_key (name, description, keyid, fingerprint, public_url, inserted)
                values (?, 'A key', ?, ?, 'https://slipway.example/key.asc', now()) returning id
                """, "key" + n, "%016X".formatted(n), "%040X".formatted(n));
    }

    private long distribution(int n) {
        return inside.insert(
                "insert into distribution (name, data, created_at) values (?, '{}', now()) returning id", "fleet" + n);
    }

    @ParameterizedTest
    @CsvSource({
        "build, /api/v1/builds/",
        "build, /api/v1/builds/?page_number=1&per_page=100",
        "build, /api/v1/builds/?project=anchor&is_running=true",
        "platform, /api/v1/platforms/",
        "worker, /api/v1/workers/",
        "app_user, /api/v1/users/all_users",
        "app_user, /api/v1/tokens/?all=true",
        "app_user, /api/v1/audit/",
        "repository, /api/v1/repositories/",
        "sign_key, /api/v1/sign-keys/",
        "sign_task, /api/v1/sign-tasks/",
        "distribution, /api/v1/distributions/",
        "release, /api/v1/releases/",
        "compose, /api/v1/composes/"
    })
    void aListTakesAsManyStatementsForManyEntriesAsForFew(String table, String path) {
        add(table, FEW);
        int few = statements(path, FEW);
        add(table, MORE);
        assertThat(statements(path, MORE)).isEqualTo(few);
    }

    @Test
    void theListOfARepositorysPackagesTakesAsManyStatementsForManyAsForFew() {
        if (inside.number("select count(*) from repository where kind = 'hosted'") == 0) {
            repository(++rows);
        }
        String path = "/api/v1/repositories/" + inside.number("select min(id) from repository where kind = 'hosted'")
                + "/packages";
        add("package", FEW);
        int few = statements(path, FEW);
        add("package", MORE);
        assertThat(statements(path, MORE)).isEqualTo(few);
    }

    @Test
    void aBuildTakesAsManyStatementsWithManyTasksAsWithFew() {
        String newest = "/api/v1/builds/?page_number=1&per_page=1"; // not kept, as the answer for one build is
        farm.build(farm.platform("rpm", "x86_64"), "anchor");
        int few = statements(newest, 0);
        Build large = farm.build(
                farm.platform("rpm", "x86_64", "aarch64", "ppc64le"),
                IntStream.range(0, MORE).mapToObj(i -> "buoy" + i).toArray(String[]::new));
        assertThat(large.tasks()).hasSize(4 * MORE);

        assertThat(statements(newest, 0)).isEqualTo(few);
    }

    @Test
    void aBuildThatIsKeptTakesAFewStatements() {
        Build build = farm.build(farm.platform("rpm", "x86_64"), "anchor");

        // the versions of its rows, once nothing changes any more: its repositories are published behind it
        await().until(() -> statements("/api/v1/builds/" + build.id() + "/", 0) <= MOST_OF_KEPT);
    }

    @Test
    void aTaskTakesAFewStatements() {
        Build build = farm.build(farm.platform("rpm", "x86_64"), "anchor");
        statements("/api/v1/tasks/" + build.tasks().get(0).id() + "/", 0);
    }
}
