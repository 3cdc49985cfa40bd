package dev.slipway.packages.buckets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.packages.fixtures.Command;
import dev.slipway.packages.fixtures.Sha256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BucketAssemblerTest {
    private static final String HEAD = "<?xml version=\"1.0\"?>\n<metadata>\n";
    private static final String TAIL = "</metadata>\n";

    @TempDir
    Path directory;

    private FileBucketCache cache;
    private BucketAssembler assembler;

    @BeforeEach
    void openCache() throws IOException {
        cache = new FileBucketCache(directory.resolve("cache"), Clock.systemUTC());
        assembler = new BucketAssembler(cache);
    }

    @ParameterizedTest
    @CsvSource({"GZIP, gzip", "ZSTD, zstd"})
    void writesWhatTheRealToolUnpacksToTheWholeContent(Compression compression, String tool) throws IOException {
        List<BucketItem> items = SampleItems.of(1, 3000);

        Output output = assemble(items, compression, true);

        assertThat(Command.of(tool, "-dc").input(output.bytes).run().text()).isEqualTo(content(items));
        assertThat(output.file.buckets()).isGreaterThan(5);
    }

    @ParameterizedTest
    @EnumSource
    void tellsSizesAndHashesOfWhatItWrote(Compression compression) throws IOException {
        List<BucketItem> items = SampleItems.of(2, 1000);

        Output output = assemble(items, compression, true);

        byte[] content = content(items).getBytes(StandardCharsets.UTF_8);
        assertThat(output.file.sha256()).isEqualTo(Sha256.hex(output.bytes));
        assertThat(output.file.size()).isEqualTo(output.bytes.length);
        assertThat(output.file.rawSha256()).isEqualTo(Sha256.hex(content));
        assertThat(output.file.rawSize()).isEqualTo(content.length);
    }

    @ParameterizedTest
    @EnumSource
    void writesTheSameBytesFromTheCache(Compression compression) throws IOException {
        List<BucketItem> items = SampleItems.of(3, 1000);
        Output first = assemble(items, compression, true);

        Output second = assemble(items, compression, true);

        assertThat(second.bytes).isEqualTo(first.bytes);
        assertThat(second.file.rawSha256()).isEqualTo(first.file.rawSha256());
        assertThat(second.file.built()).isZero();
        assertThat(first.file.built()).isEqualTo(first.file.buckets());
    }

    @Test
    void leavesTheHashOfTheContentOutUnlessAsked() throws IOException {
        Output output = assemble(SampleItems.of(4, 500), Compression.GZIP, false);

        assertThat(output.file.rawSha256()).isNull();
        assertThat(output.file.rawSize())
                .isEqualTo(content(SampleItems.of(4, 500)).length());
    }

    @Test
    void asksForNothingButWhatChanged() throws IOException {
        List<BucketItem> items = SampleItems.of(5, 5000);
        assemble(items, Compression.ZSTD, false);
        items.remove(2500);
        AtomicInteger asked = new AtomicInteger();

        Output output = assemble(items, Compression.ZSTD, false, (ids, out) -> {
            asked.addAndGet(ids.length);
            SampleItems.SOURCE.write(ids, out);
        });

        assertThat(output.file.built()).isLessThanOrEqualTo(2);
        assertThat(asked.get()).isLessThanOrEqualTo(2 * Buckets.MOST);
        assertThat(unpack(output, Compression.ZSTD)).isEqualTo(content(items));
    }

    @ParameterizedTest
    @EnumSource
    void writesAFileOfNothingThatToolsRead(Compression compression) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        MetadataFile empty =
                new MetadataFile("k", compression, new byte[0], List.of(), SampleItems.SOURCE, new byte[0]);

        AssembledFile file = assembler.assemble(empty, out, true);

        assertThat(file.rawSize()).isZero();
        assertThat(compression
                        .content(new ByteArrayInputStream(out.toByteArray()))
                        .readAllBytes())
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void writesOneMemberWhenAsked(Compression compression) throws IOException {
        List<BucketItem> items = SampleItems.of(6, 2000);
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        AssembledFile file = assembler.assembleInOne(file(items, compression, SampleItems.SOURCE), out, true);

        byte[] content = content(items).getBytes(StandardCharsets.UTF_8);
        assertThat(file.rawSha256()).isEqualTo(Sha256.hex(content));
        assertThat(file.sha256()).isEqualTo(Sha256.hex(out.toByteArray()));
        assertThat(unpack(new Output(file, out.toByteArray()), compression)).isEqualTo(content(items));
    }

    @Test
    void keepsNothingOfABucketWhoseFragmentsFailed() {
        List<BucketItem> items = SampleItems.of(7, 100);

        assertThatThrownBy(() -> assemble(items, Compression.GZIP, false, (ids, out) -> {
                    out.write(1);
                    throw new IOException("a fragment is missing");
                }))
                .hasMessage("a fragment is missing");

        assertThat(files()).isEmpty();
    }

    @Test
    void makesABucketAgainThatWasDamagedOnDisk() throws IOException {
        List<BucketItem> items = SampleItems.of(8, 100);
        Output good = assemble(items, Compression.GZIP, true);
        for (Path file : files()) {
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length / 2] ^= 1;
            Files.write(file, bytes);
        }

        Output again = assemble(items, Compression.GZIP, true);

        assertThat(again.bytes).isEqualTo(good.bytes);
        assertThat(again.file.built()).isEqualTo(again.file.buckets());
    }

    @Test
    void writesTheSameFromManyThreadsAtOnce() throws Exception {
        List<BucketItem> items = SampleItems.of(9, 3000);
        int threads = 8;
        CyclicBarrier start = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Output>> outputs = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                Callable<Output> task = () -> {
                    start.await();
                    return assemble(items, Compression.GZIP, true);
                };
                outputs.add(pool.submit(task));
            }
            for (Future<Output> output : outputs) {
                assertThat(unpack(output.get(), Compression.GZIP)).isEqualTo(content(items));
                assertThat(output.get().bytes).isEqualTo(outputs.get(0).get().bytes);
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(files()).noneMatch(file -> file.toString().endsWith(".tmp"));
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Output(AssembledFile file, byte[] bytes) {}

    private Output assemble(List<BucketItem> items, Compression compression, boolean rawDigest) throws IOException {
        return assemble(items, compression, rawDigest, SampleItems.SOURCE);
    }

    private Output assemble(List<BucketItem> items, Compression compression, boolean rawDigest, FragmentSource source)
            throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        return new Output(assembler.assemble(file(items, compression, source), out, rawDigest), out.toByteArray());
    }

    private static MetadataFile file(List<BucketItem> items, Compression compression, FragmentSource source) {
        return new MetadataFile(
                "sample",
                compression,
                HEAD.getBytes(StandardCharsets.UTF_8),
                items,
                source,
                TAIL.getBytes(StandardCharsets.UTF_8));
    }

    private static String content(List<BucketItem> items) {
        StringBuilder content = new StringBuilder(HEAD);
        items.forEach(item -> content.append(SampleItems.fragment(item.id())));
        return content.append(TAIL).toString();
    }

    private static String unpack(Output output, Compression compression) throws IOException {
        return new String(
                compression.content(new ByteArrayInputStream(output.bytes)).readAllBytes(), StandardCharsets.UTF_8);
    }

    private List<Path> files() {
        try (Stream<Path> all = Files.walk(directory.resolve("cache"))) {
            return all.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
