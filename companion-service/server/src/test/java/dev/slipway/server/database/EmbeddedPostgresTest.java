package dev.slipway.server.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.slipway.server.testing.CompanionProcess;
import dev.slipway.server.testing.TestApi;
import dev.slipway.server.testing.TestPostgres;
import dev.slipway.server.testing.TestResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

@Tag("slow")
final class EmbeddedPostgresTest {
    @TempDir
    Path directory;

    private EmbeddedPostgres start() throws IOException {
        Path home = directory.resolve("postgres");
        return EmbeddedPostgres.start(new EmbeddedPostgres.Location(home, TestPostgres.programs(), true));
    }

    @Test
    void isDurableChecksItsPagesAndAsksForAPassword() throws Exception {
        try (EmbeddedPostgres server = start()) {
            assertThat(ask(
                            server,
                            "select concat_ws(' ', current_setting('fsync'), current_setting('synchronous_commit'),"
                                    + " current_setting('data_checksums'), current_setting('listen_addresses'))"))
                    .isEqualTo("on on on 127.0.0.1");
            DatabaseAddress address = server.address("postgres");
            assertThatThrownBy(() -> DriverManager.getConnection(address.jdbcUrl(), address.user(), "wrong"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(directory.resolve("postgres/password"))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void refusesADirectoryThatIsInUse() throws IOException {
        try (EmbeddedPostgres first = start()) {
            assertThat(first).isNotNull();
            assertThatThrownBy(this::start)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("another companion uses");
        }
    }

    @Test
    void startsThoughAnotherProcessHasTheFormerServersId() throws Exception {
        start().close();
        Path data = directory.resolve("postgres/data");
        Files.writeString(
                data.resolve("postmaster.pid"),
                ProcessHandle.current().pid() + "\n" + data + "\n0\n1\n\n127.0.0.1\n\nready\n");

        try (EmbeddedPostgres server = start()) {
            assertThat(ask(server, "select 'up'")).isEqualTo("up");
        }
    }

    @Test
    void startsAgainAfterItsServerWasKilled() throws Exception {
        try (EmbeddedPostgres server = start()) {
            ask(server, "create table kept as select 1 as one");
            ProcessHandle postmaster = ProcessHandle.of(pid()).orElseThrow();
            postmaster.destroyForcibly();
            postmaster.onExit().get();

            await().atMost(Duration.ofSeconds(60)).ignoreExceptions().untilAsserted(() -> {
                server.revive();
                assertThat(ask(server, "select one from kept")).isEqualTo("1");
            });
        }
    }

    @Test
    void keepsEverythingWhenTheCompanionIsKilledAndAttachesAgain() throws Exception {
        Path var = directory.resolve("var");
        linkPrograms(var);
        CompanionProcess first = CompanionProcess.startEmbedded(var);
        byte[] bytes = "kept".getBytes(StandardCharsets.UTF_8);
        assertThat(first.admin().putBytes("/api/v1/blobs/kept", bytes).status()).isEqualTo(201);
        long postmaster = pid(var.resolve("postgres"));

        first.kill();

        assertThat(ProcessHandle.of(postmaster)).isPresent();
        try (CompanionProcess second = CompanionProcess.startEmbedded(var)) {
            assertThat(pid(var.resolve("postgres"))).isEqualTo(postmaster);
            assertThat(second.admin().get("/api/v1/blobs/kept").bytes()).isEqualTo(bytes);
        }
        assertThat(var.resolve("postgres/data/postmaster.pid")).doesNotExist();
    }

    @Test
    void answers503WhileTheDatabaseIsAwayAndRecoversByItself() throws Exception {
        Path var = directory.resolve("var");
        EmbeddedPostgres server = start();
        DatabaseAddress address = server.address("postgres");
        String url = address.jdbcUrl()
                .replace("jdbc:postgresql://", "postgresql://" + address.user() + ":" + address.password() + "@");
        try (CompanionProcess companion = CompanionProcess.start(var, url)) {
            TestApi admin = companion.admin();
            assertThat(admin.get("/api/v1/users/").status()).isEqualTo(200);
            long postmaster = pid();

            ProcessHandle.of(postmaster).orElseThrow().destroyForcibly();
            TestResponse away = await().atMost(Duration.ofSeconds(30))
                    .until(() -> admin.get("/api/v1/users/all_users"), a -> a.status() != 200);
            assertThat(away.status()).isEqualTo(503);
            assertThat(away.problem()).isEqualTo("unavailable");
            assertThat(away.header("Retry-After")).isEqualTo("5");
            assertThat(admin.get("/status").json().path("database").asText()).isEqualTo("unavailable");

            await().atMost(Duration.ofSeconds(60)).ignoreExceptions().untilAsserted(() -> {
                server.revive();
                assertThat(admin.get("/api/v1/users/all_users").status()).isEqualTo(200);
            });
        } finally {
            server.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../outside", "/tmp/slipway-outside", "a/../../outside"})
    void unpacksNothingThatLeavesTheDirectory(String name) throws IOException {
        byte[] archive = archive(tar -> {
            TarArchiveEntry entry = new TarArchiveEntry(name, true);
            entry.setSize(1);
            tar.putArchiveEntry(entry);
            tar.write('x');
            tar.closeArchiveEntry();
        });

        assertRefused(archive);
    }

    @Test
    void unpacksNothingThroughALinkThatLeavesTheDirectory() throws IOException {
        byte[] archive = archive(tar -> {
            TarArchiveEntry link = new TarArchiveEntry("link", TarConstants.LF_SYMLINK);
            link.setLinkName("..");
            tar.putArchiveEntry(link);
            tar.closeArchiveEntry();
        });

        assertRefused(archive);
    }

    private void assertRefused(byte[] archive) {
        assertThatThrownBy(() -> PostgresBinaries.unpack(
                        new java.io.ByteArrayInputStream(archive), directory.resolve("in/programs")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("leaves the directory");
        assertThat(directory.resolve("in/outside")).doesNotExist();
    }

    private interface Content {
        void write(TarArchiveOutputStream tar) throws IOException;
    }

    private static byte[] archive(Content content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new XZOutputStream(bytes, new LZMA2Options(0)))) {
            content.write(tar);
        }
        return bytes.toByteArray();
    }

    private static void linkPrograms(Path var) throws IOException {
        Files.createDirectories(var.resolve("postgres"));
        Files.createSymbolicLink(var.resolve("postgres/programs"), TestPostgres.programs());
    }

    private long pid() throws IOException {
        return pid(directory.resolve("postgres"));
    }

    private static long pid(Path home) throws IOException {
        return Long.parseLong(
                Files.readAllLines(home.resolve("data/postmaster.pid")).get(0));
    }

    private static String ask(EmbeddedPostgres server, String sql) throws SQLException {
        DatabaseAddress address = server.address("postgres");
        try (var connection = DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
                var statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            var rows = statement.getResultSet();
            rows.next();
            return rows.getString(1);
        }
    }
}
