package dev.slipway.server.releases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.api.releases.Release;
import dev.slipway.packages.fixtures.SampleRpms;
import dev.slipway.server.Companion;
import dev.slipway.server.CompanionConfig;
import dev.slipway.server.failpoints.Failpoints;
import dev.slipway.server.http.HttpAddress;
import dev.slipway.server.testing.CompanionProcess;
import dev.slipway.server.testing.Inside;
import dev.slipway.server.testing.TestApi;
import dev.slipway.server.testing.TestPostgres;
import dev.slipway.server.testing.TestResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A companion that is killed at any step of a commit or an undo, and another one that goes on. */
@Tag("slow")
final class ReleaseCrashTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String LEASE = "releases.lease=PT1S";
    private static final String SHOWN = "select string_agg(c.path || ' ' || p.version, ',' order by c.path)"
            + " from channel c join publication p on p.id = c.publication_id";
    private static final String EMPTY = "harbour/tidal9/src 1,harbour/tidal9/x86_64 1,harbour/tidal9/x86_64-debug 1";
    private static final String RELEASED = "harbour/tidal9/src 2,harbour/tidal9/x86_64 2,harbour/tidal9/x86_64-debug 1";

    @TempDir
    private static Path stage;

    /** Where a release is planned, and where it was committed. */
    private static Staged planned;

    private static Staged released;
    private static long release;

    @TempDir
    private Path var;

    /** The case's own, from {@link #begin} on. */
    private String database = "";

    /** A database that nothing is connected to, and the directory that belongs to it. */
    private record Staged(String database, Path var) {}

    /** Once, by a companion that is not killed: what is to be killed does the rest on copies. */
    @BeforeAll
    static void stage() throws Exception {
        planned = new Staged(TestPostgres.instance().newDatabase(), stage.resolve("planned"));
        try (Companion companion = companion(planned.database(), planned.var())) {
            release = plan(planned, admin(companion, planned.var()));
        }
        released = new Staged(TestPostgres.instance().newDatabaseLike(planned.database()), stage.resolve("released"));
        copy(planned.var(), released.var());
        try (Companion companion = companion(released.database(), released.var())) {
            TestApi admin = admin(companion, released.var());
            order(admin, "commit");
            await().atMost(PATIENCE).until(() -> get(admin).status() == 3);
        }
    }

    @AfterAll
    static void strike() {
        TestPostgres.instance().drop(planned.database());
        TestPostgres.instance().drop(released.database());
    }

    private void begin(Staged staged) throws IOException {
        database = TestPostgres.instance().newDatabaseLike(staged.database());
        copy(staged.var(), var);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copied = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copied);
                } else {
                    Files.copy(file, copied, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    @AfterEach
    void drop() {
        TestPostgres.instance().drop(database);
    }

    private String value(String sql) {
        return TestPostgres.value(database, sql);
    }

    // acceptance case 77
    @ParameterizedTest
    @ValueSource(
            strings = {
                "release.ordered",
                "release.claimed",
                "release.drafted",
                "release.published",
                "publication.assembled:2",
                "release.prepared",
                "release.adopted",
                "release.adopted:2",
                "release.before-switch",
                "release.switched"
            })
    void anotherCompanionCompletesTheCommit(String failpoint) throws Exception {
        begin(planned);
        try (CompanionProcess first = CompanionProcess.start(var, database, failpoint, LEASE)) {
            order(first.admin(), "commit");
            assertThat(first.awaitEnd()).isEqualTo(Failpoints.EXIT_STATUS);
        }
        assertThat(value(SHOWN)).isIn(EMPTY, RELEASED);
        assertThat(value(SHOWN)).isEqualTo(failpoint.equals("release.switched") ? RELEASED : EMPTY);

        try (Companion second = successor()) {
            TestApi admin = admin(second, var);
            if (get(admin).status() == 1) {
                order(admin, "commit");
            }
            Release ended = await().atMost(PATIENCE)
                    .until(
                            () -> {
                                second.background().runNow("releases.commit");
                                return get(admin);
                            },
                            r -> r.status() != 2);

            assertThat(ended.status()).as(ended.error()).isEqualTo(3);
        }
        assertThat(
                        value(
                                "select string_agg(name || ' ' || arch || ' ' || package_count, ',' order by arch) from repository r"
                                        + " join repository_version v on v.repository_id = r.id and v.number = r.current_version where not debug"))
                .isEqualTo("harbour-tidal9 src 1,harbour-tidal9 x86_64 1");
        assertThat(value("select count(*) from repository_package")).isEqualTo("2");
        assertThat(value("select count(*) from channel_history")).isEqualTo("5");
        assertThat(value("select count(*) from outbox_event where type = 'release.completed'"))
                .isEqualTo("1");
        assertThat(value("select released from build")).isEqualTo("t");
    }

    // acceptance case 77
    @ParameterizedTest
    @ValueSource(strings = {"release.restored", "release.restored:2", "release.before-revert"})
    void anUndoIsWholeOrHasNotBegun(String failpoint) throws Exception {
        begin(released);
        try (CompanionProcess first = CompanionProcess.start(var, database, failpoint, LEASE)) {
            order(first.admin(), "revert");
            assertThat(first.awaitEnd()).isEqualTo(Failpoints.EXIT_STATUS);
        }
        assertThat(value("select status from release")).isEqualTo("3");
        assertThat(value("select count(*) from repository where current_version = 2"))
                .isEqualTo("2");

        try (Companion second = successor()) {
            order(admin(second, var), "revert");

            assertThat(get(admin(second, var)).status()).isEqualTo(5);
        }
        assertThat(value(SHOWN)).isEqualTo(EMPTY);
        assertThat(value("select count(*) from repository_package where removed_in is null"))
                .isEqualTo("0");
        assertThat(value("select released from build")).isEqualTo("f");
    }

    /** The companion that comes after the killed one. */
    private Companion successor() throws IOException {
        return companion(database, var);
    }

    private static Companion companion(String database, Path var) throws IOException {
        return Companion.start(CompanionConfig.defaults(var)
                .withListen(new HttpAddress("127.0.0.1", 0))
                .withDatabaseUrl(database)
                .withSettings(Map.of("releases.lease", "PT1S")));
    }

    private static TestApi admin(Companion companion, Path var) throws IOException {
        return new TestApi(
                companion.url(),
                Files.readString(var.resolve("bootstrap-token")).strip());
    }

    private static Release get(TestApi api) {
        return api.get("/api/v1/releases/" + release + "/").as(Release.class);
    }

    /** The answer may be lost with the process. */
    private static void order(TestApi api, String what) {
        try {
            TestResponse answer = api.send("POST", "/api/v1/releases/" + release + "/" + what, null);
            assertThat(answer.status()).as(answer.toString()).isIn(200, 202);
        } catch (UncheckedIOException e) {
            assertThat(e).hasMessageNotContaining("refused");
        }
    }

    /** A planned release of one finished build into a distribution whose empty repositories are served. */
    private static long plan(Staged where, TestApi admin) throws Exception {
        try (Inside inside = new Inside(where.database(), where.var(), Clock.systemUTC())) {
            Dock.ok(
                    admin.post(
                            "/api/v1/platforms/",
                            Map.of(
                                    "name", "tidal9",
                                    "type", "rpm",
                                    "distr_type", "tidal",
                                    "distr_version", "9",
                                    "test_dist_name", "tidal",
                                    "arch_list", List.of("x86_64"),
                                    "data", Map.of())),
                    201);
            Dock.ok(
                    admin.post("/api/v1/distributions/", Map.of("name", "harbour", "platforms", List.of("tidal9"))),
                    201);
            await().atMost(PATIENCE).until(() -> EMPTY.equals(TestPostgres.value(where.database(), SHOWN)));
            long build = build(inside);
            TestResponse made =
                    admin.post("/api/v1/releases/new/", Map.of("builds", List.of(build), "platform", "tidal9"));
            Dock.ok(made, 200);
            return made.as(Release.class).id();
        }
    }

    /** A build as it is in the database when it has ended well. */
    private static long build(Inside inside) {
        long owner = inside.number("select id from app_user order by id limit 1");
        long platform = inside.number("select id from platform");
        long build = inside.insert(
                "insert into build (owner_id, created_at, finished_at, options) values (?, now(), now(), '{}') returning id",
                owner);
        inside.execute("insert into build_platform values (?, ?, '{x86_64}')", build, platform);
        long url = inside.insert(
                "insert into source_url (url) values ('https://git.slipway.example/tide.git') returning id");
        long source = inside.insert(
                "insert into build_source (build_id, index, url, url_id, ref_type, options)"
                        + " values (?, 0, 'https://git.slipway.example/tide.git', ?, 4, '{}') returning id",
                build,
                url);
        List<Path> packages = new ArrayList<>(List.of(
                SampleRpms.build(spec -> spec.name("tide").version("1.0").source()),
                SampleRpms.simple("tide", "1.0", "x86_64")));
        for (String arch : List.of("src", "x86_64")) {
            long task = inside.insert(
                    "insert into task (kind, slot, state, build_id, owner_id, arch, timeout_seconds, created_at)"
                            + " values ('build', ?, 'succeeded', ?, ?, ?, 60, now()) returning id",
                    "build:rpm:" + arch,
                    build,
                    owner,
                    arch);
            inside.execute(
                    "insert into build_task (task_id, build_id, build_source_id, platform_id, arch) values (?, ?, ?, ?, ?)",
                    task,
                    build,
                    source,
                    platform,
                    arch);
            Path file = packages.remove(0);
            inside.execute(
                    "insert into artifact (task_id, name, type, blob_sha256, size, package_id, created_at)"
                            + " select ?, file_name, 'rpm', blob_sha256, size, id, now() from package where id = ?",
                    task,
                    inside.ingest(file));
        }
        return build;
    }
}
