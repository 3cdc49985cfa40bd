package dev.slipway.server.blobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.packages.fixtures.Sha256;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.TestApi;
import dev.slipway.server.testing.TestResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BlobsTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    private static final byte[] DIGITS = "0123456789".getBytes(StandardCharsets.US_ASCII);

    private TestApi admin;

    @BeforeEach
    void digits() {
        admin = companion.admin();
        admin.putBytes("/api/v1/blobs/digits", DIGITS);
    }

    // acceptance case 53
    @Test
    void givesBackTheBytesItWasGiven() {
        byte[] bytes = random(1_000_000, 1);

        assertThat(admin.putBytes("/api/v1/blobs/random.bin", bytes).status()).isEqualTo(201);

        TestResponse answer = admin.get("/api/v1/blobs/random.bin");
        assertThat(answer.bytes()).isEqualTo(bytes);
        assertThat(answer.header("ETag")).isEqualTo("\"" + Sha256.hex(bytes) + "\"");
    }

    @Test
    void replacesWhatANameStoodFor() {
        admin.putBytes("/api/v1/blobs/replaced", new byte[] {1});

        assertThat(admin.putBytes("/api/v1/blobs/replaced", new byte[] {2}).status())
                .isEqualTo(200);
        assertThat(admin.get("/api/v1/blobs/replaced").bytes()).containsExactly(2);
    }

    @Test
    void storesAnEmptyBlob() {
        admin.putBytes("/api/v1/blobs/empty", new byte[0]);

        TestResponse answer = admin.get("/api/v1/blobs/empty");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.bytes()).isEmpty();
    }

    @Test
    void servesBytesByTheirDigestForEver() {
        TestResponse answer = admin.get("/api/v1/blobs/sha256/" + Sha256.hex(DIGITS));

        assertThat(answer.bytes()).isEqualTo(DIGITS);
        assertThat(answer.header("Cache-Control")).contains("immutable");
    }

    @Test
    void acceptsBytesThatHaveTheDeclaredDigest() {
        byte[] bytes = random(100, 2);

        TestResponse answer =
                admin.with("Repr-Digest", Digests.header(Sha256.hex(bytes))).putBytes("/api/v1/blobs/declared", bytes);

        assertThat(answer.json().path("sha256").asText()).isEqualTo(Sha256.hex(bytes));
    }

    // acceptance case 59
    @Test
    void refusesBytesThatHaveAnotherDigestAndKeepsNothing() {
        byte[] bytes = random(100, 3);
        String wrong = "sha-256=:" + Base64.getEncoder().encodeToString(new byte[32]) + ":";

        TestResponse answer = admin.with("Repr-Digest", wrong).putBytes("/api/v1/blobs/wrong", bytes);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.problem()).isEqualTo("digest-mismatch");
        assertThat(admin.get("/api/v1/blobs/sha256/" + Sha256.hex(bytes)).status())
                .isEqualTo(404);
        assertThat(incoming()).isEmpty();
    }

    @Test
    void refusesOtherBytesUnderTheDigestOfKnownOnes() {
        TestResponse answer = admin.with("Repr-Digest", Digests.header(Sha256.hex(DIGITS)))
                .putBytes("/api/v1/blobs/other", random(100, 4));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(admin.get("/api/v1/blobs/other").status()).isEqualTo(404);
    }

    @Test
    void refusesADigestHeaderThatHoldsNoSha256() {
        assertThat(admin.with("Repr-Digest", "md5=:AAAA:")
                        .putBytes("/api/v1/blobs/x", DIGITS)
                        .status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-3, 0123, bytes 0-3/10",
        "bytes=4-, 456789, bytes 4-9/10",
        "bytes=-3, 789, bytes 7-9/10",
        "bytes=8-100, 89, bytes 8-9/10",
        "bytes=-100, 0123456789, bytes 0-9/10"
    })
    void servesOneRange(String range, String bytes, String contentRange) {
        TestResponse answer = admin.with("Range", range).get("/api/v1/blobs/digits");

        assertThat(answer.status()).isEqualTo(206);
        assertThat(answer.text()).isEqualTo(bytes);
        assertThat(answer.header("Content-Range")).isEqualTo(contentRange);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=0-1,3-4", "lines=1-2", "bytes=5-2", "bytes=x-y"})
    void servesTheWholeFileForRangesItDoesNotTake(String range) {
        TestResponse answer = admin.with("Range", range).get("/api/v1/blobs/digits");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.bytes()).isEqualTo(DIGITS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=10-", "bytes=100-200", "bytes=-0"})
    void refusesARangeBeyondTheEnd(String range) {
        TestResponse answer = admin.with("Range", range).get("/api/v1/blobs/digits");

        assertThat(answer.status()).isEqualTo(416);
        assertThat(answer.header("Content-Range")).isEqualTo("bytes */10");
    }

    @Test
    void servesTheWholeFileWhenTheRangeIsOfFormerContent() {
        TestResponse answer =
                admin.with("Range", "bytes=0-3").with("If-Range", "\"former\"").get("/api/v1/blobs/digits");

        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void saysWhenTheCallerHasTheBytesAlready() {
        TestResponse answer =
                admin.with("If-None-Match", "\"" + Sha256.hex(DIGITS) + "\"").get("/api/v1/blobs/digits");

        assertThat(answer.status()).isEqualTo(304);
        assertThat(answer.bytes()).isEmpty();
    }

    @Test
    void tellsTheSizeToAHead() {
        TestResponse answer = admin.head("/api/v1/blobs/digits");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Length")).isEqualTo("10");
        assertThat(answer.bytes()).isEmpty();
    }

    // acceptance case 53
    @Test
    void answers404ForWhatIsNotThere() {
        assertThat(admin.get("/api/v1/blobs/missing").status()).isEqualTo(404);
        assertThat(admin.delete("/api/v1/blobs/missing").status()).isEqualTo(404);
        assertThat(admin.get("/api/v1/blobs/sha256/" + "0".repeat(64)).status()).isEqualTo(404);
    }

    // acceptance case 54
    @ParameterizedTest
    @ValueSource(
            strings = {
                "..",
                "a..b",
                "%2e%2e",
                "%2e%2e%2fetc%2fpasswd",
                "..%2f..%2fx",
                "%00",
                "a%00b",
                "a%5cb",
                ".hidden",
                "-x",
                "a%0ab",
                "%c0%ae%c0%ae",
                "a;b=c"
            })
    void refusesNamesThatAreTricks(String name) throws IOException {
        TestResponse answer = admin.putBytes("/api/v1/blobs/" + name, DIGITS);

        assertThat(answer.status()).isIn(400, 404, 405);
        assertThat(Files.exists(companion.var().resolve("passwd"))).isFalse();
    }

    @Test
    void forgetsADeletedName() {
        admin.putBytes("/api/v1/blobs/deleted", DIGITS);

        assertThat(admin.delete("/api/v1/blobs/deleted").status()).isEqualTo(204);
        assertThat(admin.get("/api/v1/blobs/deleted").status()).isEqualTo(404);
    }

    @Test
    void removesBytesThatNothingRefersToAfterTheGraceTime() throws Exception {
        byte[] bytes = random(100, 5);
        admin.putBytes("/api/v1/blobs/unused", bytes);
        admin.delete("/api/v1/blobs/unused");

        companion.companion().background().runNow("blobs.sweep");
        assertThat(admin.get("/api/v1/blobs/sha256/" + Sha256.hex(bytes)).status())
                .isEqualTo(200);

        companion.clock().advance(Blobs.GRACE.plus(Duration.ofMinutes(1)));
        companion.companion().background().runNow("blobs.sweep");
        assertThat(admin.get("/api/v1/blobs/sha256/" + Sha256.hex(bytes)).status())
                .isEqualTo(404);
        assertThat(file(bytes)).doesNotExist();
    }

    @Test
    void keepsBytesThatSomethingRefersTo() throws Exception {
        companion.clock().advance(Blobs.GRACE.plus(Duration.ofMinutes(1)));

        companion.companion().background().runNow("blobs.sweep");

        assertThat(admin.get("/api/v1/blobs/digits").bytes()).isEqualTo(DIGITS);
    }

    @Test
    void storesTheSameBytesOnceWhenManyUploadThemAtOnce() {
        byte[] bytes = random(300_000, 6);

        List<CompletableFuture<TestResponse>> uploads = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> admin.putBytes("/api/v1/blobs/same-" + i, bytes)))
                .toList();

        assertThat(uploads)
                .allSatisfy(upload -> assertThat(upload.join().status()).isEqualTo(201));
        assertThat(companion.value("select count(*) from blob where sha256 = '" + Sha256.hex(bytes) + "'"))
                .isEqualTo("1");
        assertThat(file(bytes)).hasBinaryContent(bytes);
        assertThat(incoming()).isEmpty();
    }

    @Test
    void asksForTheRightScope() {
        TestApi reader = companion.as("blob-reader", "blobs:read");

        assertThat(reader.get("/api/v1/blobs/digits").status()).isEqualTo(200);
        assertThat(reader.putBytes("/api/v1/blobs/x", DIGITS).status()).isEqualTo(403);
        assertThat(reader.delete("/api/v1/blobs/digits").status()).isEqualTo(403);
    }

    private static Path file(byte[] bytes) {
        String hex = Sha256.hex(bytes);
        return companion
                .var()
                .resolve("blobs")
                .resolve(hex.substring(0, 2))
                .resolve(hex.substring(2, 4))
                .resolve(hex);
    }

    private static List<Path> incoming() {
        try (Stream<Path> files = Files.list(companion.var().resolve("blobs/incoming"))) {
            return files.toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] random(int size, long seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
