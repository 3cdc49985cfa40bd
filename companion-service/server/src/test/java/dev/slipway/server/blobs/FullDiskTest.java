package dev.slipway.server.blobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.packages.fixtures.SampleRpms;
import dev.slipway.server.Companion;
import dev.slipway.server.CompanionConfig;
import dev.slipway.server.http.HttpAddress;
import dev.slipway.server.testing.TestApi;
import dev.slipway.server.testing.TestClock;
import dev.slipway.server.testing.TestPostgres;
import dev.slipway.server.testing.TestResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A blob store on a file system of eight megabytes; needs the right to mount one. */
final class FullDiskTest {
    private static final int MEGABYTE = 1 << 20;

    @TempDir
    Path var;

    private final TestClock clock = new TestClock();
    private Path blobs;
    private boolean mounted;
    private String database;
    private Companion companion;
    private TestApi admin;

    @BeforeEach
    void start() throws Exception {
        blobs = Files.createDirectory(var.resolve("blobs"));
        mounted = run("mount", "-t", "tmpfs", "-o", "size=8m", "slipway-test", blobs.toString()) == 0;
        assumeTrue(mounted, "this user may not mount a small file system");
        database = TestPostgres.instance().newDatabase();
        companion = Companion.start(
                CompanionConfig.defaults(var)
                        .withListen(new HttpAddress("127.0.0.1", 0))
                        .withDatabaseUrl(database),
                clock);
        admin = new TestApi(companion.url(), companion.bootstrapToken().orElseThrow());
    }

    @AfterEach
    void stop() throws Exception {
        if (companion != null) {
            companion.close();
            TestPostgres.instance().drop(database);
        }
        if (mounted) {
            assertThat(run("umount", blobs.toString())).isZero();
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private Path fill() throws IOException {
        Path filler = blobs.resolve("filler");
        try (OutputStream out = Files.newOutputStream(filler)) {
            byte[] piece = new byte[4096];
            while (true) {
                out.write(piece);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left on device");
        }
        return filler;
    }

    private List<String> incoming() throws IOException {
        try (Stream<Path> files = Files.list(blobs.resolve("incoming"))) {
            return files.map(Path::toString).toList();
        }
    }

    @Test
    void anUploadThatDoesNotFitIsRefusedInOneClearLineAndLeavesNothing() throws IOException {
        TestResponse refused = admin.putBytes("/api/v1/blobs/large", new byte[12 * MEGABYTE]);

        assertThat(refused.status()).isEqualTo(507);
        assertThat(refused.problem()).isEqualTo("insufficient-storage");
        assertThat(refused.json().path("detail").asText())
                .isEqualTo("the service cannot store these bytes: its disk is full or failing; nothing was kept");
        assertThat(incoming()).isEmpty();
        assertThat(admin.get("/api/v1/blobs/large").status()).isEqualTo(404);
    }

    @Test
    void whatFitsIsTakenAfterwards() {
        admin.putBytes("/api/v1/blobs/large", new byte[12 * MEGABYTE]);

        assertThat(admin.putBytes("/api/v1/blobs/small", new byte[MEGABYTE]).status())
                .isEqualTo(201);
    }

    @Test
    void whatIsStoredIsServedWhileTheDiskIsFull() throws IOException {
        admin.putBytes("/api/v1/blobs/kept", new byte[] {1, 2, 3});

        fill();

        assertThat(admin.get("/api/v1/blobs/kept").bytes()).containsExactly(1, 2, 3);
    }

    @Test
    void aRepositoryStaysAsItWasUntilThereIsRoomForItsNextMetadata() throws Exception {
        TestResponse made = admin.post(
                "/api/v1/repositories/", Map.of("name", "tools", "arch", "noarch", "type", "rpm", "channel", "tools"));
        String repomd = "/repos/tools/repodata/repomd.xml";
        await().atMost(Duration.ofSeconds(30)).until(() -> admin.get(repomd).status(), status -> status == 200);
        String before = admin.get(repomd).text();
        Path rpm = SampleRpms.simple("buoy", "1", "noarch");
        String sha256 = admin.putBytes("/api/v1/blobs/buoy", Files.readAllBytes(rpm))
                .json()
                .path("sha256")
                .asText();
        Path filler = fill();

        TestResponse changed = admin.patch(
                "/api/v1/repositories/" + made.json().path("id").asLong() + "/packages",
                Map.of("files", List.of(Map.of("name", String.valueOf(rpm.getFileName()), "sha256", sha256))));
        companion.background().runNow("channels.publish");

        assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
        assertThat(admin.get(repomd).text()).isEqualTo(before);

        Files.delete(filler);
        clock.advance(Duration.ofMinutes(6));
        companion.background().runNow("channels.publish");

        assertThat(admin.get(repomd).text()).isNotEqualTo(before);
    }
}
