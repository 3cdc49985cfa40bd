package dev.slipway.packages.buckets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileBucketCacheTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final String KEY = "ab".repeat(32);
    private static final String OTHER = "cd".repeat(32);

    @TempDir
    Path directory;

    @Test
    void misses() throws IOException {
        assertThat(at(NOW).get(KEY)).isNull();
    }

    @Test
    void givesWhatWasPut() throws IOException {
        put(at(NOW), KEY, "content");

        try (BucketCache.Bucket found = found(at(NOW))) {
            assertThat(found.rawSize()).isEqualTo(42);
            assertThat(found.size()).isEqualTo(7);
            assertThat(found.bytes().readAllBytes()).asString().isEqualTo("content");
        }
    }

    @Test
    void missesATruncatedEntry() throws IOException {
        put(at(NOW), KEY, "content");
        Path file = directory.resolve("ab").resolve(KEY);
        byte[] bytes = Files.readAllBytes(file);

        for (int length = 0; length < bytes.length; length++) {
            Files.write(file, Arrays.copyOf(bytes, length));
            assertThat(at(NOW).get(KEY)).isNull();
        }
    }

    @Test
    void staysReadableWhenCleanedUpMeanwhile() throws IOException {
        FileBucketCache cache = at(NOW);
        put(cache, KEY, "content");

        try (BucketCache.Bucket found = found(cache)) {
            cache.removeUnusedSince(NOW.plusSeconds(1), 10);
            assertThat(found.bytes().readAllBytes()).asString().isEqualTo("content");
        }
        assertThat(cache.get(KEY)).isNull();
    }

    @Test
    void removesWhatWasNotUsedForLong() throws IOException {
        put(at(NOW.minus(Duration.ofDays(9))), KEY, "old");
        put(at(NOW), OTHER, "new");

        int removed = at(NOW).removeUnusedSince(NOW.minus(Duration.ofDays(7)), 10);

        assertThat(removed).isEqualTo(1);
        assertThat(at(NOW).get(KEY)).isNull();
        assertThat(Files.exists(directory.resolve("cd").resolve(OTHER))).isTrue();
    }

    @Test
    void keepsWhatIsOldButUsed() throws IOException {
        put(at(NOW.minus(Duration.ofDays(9))), KEY, "old");
        found(at(NOW.minus(Duration.ofDays(1)))).close();

        assertThat(at(NOW).removeUnusedSince(NOW.minus(Duration.ofDays(7)), 10)).isZero();
    }

    @Test
    void removesNoMoreThanAsked() throws IOException {
        put(at(NOW), KEY, "one");
        put(at(NOW), OTHER, "two");

        assertThat(at(NOW).removeUnusedSince(NOW.plusSeconds(1), 1)).isEqualTo(1);
        assertThat(at(NOW).removeUnusedSince(NOW.plusSeconds(1), 1)).isEqualTo(1);
        assertThat(at(NOW).removeUnusedSince(NOW.plusSeconds(1), 1)).isZero();
    }

    @Test
    void removesWhatAnInterruptedWriterLeft() throws IOException {
        put(at(NOW), KEY, "content");
        Path left = Files.writeString(directory.resolve("ab").resolve("abab.tmp"), "half");
        Files.setLastModifiedTime(left, FileTime.from(NOW.minus(Duration.ofDays(2))));

        at(NOW).removeUnusedSince(NOW.minus(Duration.ofDays(1)), 10);

        assertThat(left).doesNotExist();
    }

    @Test
    void refusesAKeyThatIsNoHash() throws IOException {
        FileBucketCache cache = at(NOW);

        assertThatIllegalArgumentException().isThrownBy(() -> cache.get("../../etc/passwd"));
    }

    private FileBucketCache at(Instant time) throws IOException {
        return new FileBucketCache(directory, Clock.fixed(time, ZoneOffset.UTC));
    }

    private static void put(FileBucketCache cache, String key, String content) throws IOException {
        cache.put(key, out -> {
                    out.write(content.getBytes(StandardCharsets.UTF_8));
                    return 42;
                })
                .close();
    }

    private static BucketCache.Bucket found(FileBucketCache cache) throws IOException {
        return Objects.requireNonNull(cache.get(KEY), "the bucket is not cached");
    }
}
