package dev.slipway.packages.rpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.slipway.packages.PackageFormatException;
import dev.slipway.packages.PackageFormatException.Reason;
import dev.slipway.packages.elf.ElfMachine;
import dev.slipway.packages.elf.SampleElf;
import dev.slipway.packages.fixtures.SampleRpms;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a file holds, the reader says what is wrong with it, and neither breaks nor takes memory for claims. */
class RpmReaderRefusalTest {
    private static final Path SAMPLE = SampleRpms.build(spec -> spec.name("whole")
            .arch("x86_64")
            .file("/usr/share/whole/data", "soundings\n".repeat(1000))
            .requires("foo >= 1")
            .changelog("Fri Mar 15 2024", "Slipway <packages@slipway.example>", "- made"));
    private static final byte[] WHOLE = bytes(SAMPLE);
    private static final RpmPackage READ = headers(SAMPLE);

    @ParameterizedTest
    @ValueSource(strings = {"", "!<arch>\ndebian-binary", "PK\u0003\u0004", "<html>not found</html>"})
    void refusesWhatIsNoPackage(String content) {
        assertThat(refusal(content.getBytes(StandardCharsets.ISO_8859_1)).reason())
                .isEqualTo(Reason.NOT_A_PACKAGE);
    }

    @Property(tries = 300)
    void refusesATruncatedPackageAtAnyPlace(@ForAll @IntRange(min = 4, max = 4000) int length) {
        byte[] truncated = Arrays.copyOf(WHOLE, Math.min(length, WHOLE.length - 1));

        assertThat(refusal(truncated).reason()).isEqualTo(Reason.TRUNCATED);
    }

    @Test
    void refusesAPackageThatLacksItsLastByte() {
        PackageFormatException refusal = refusal(Arrays.copyOf(WHOLE, WHOLE.length - 1));

        assertThat(refusal.reason()).isEqualTo(Reason.TRUNCATED);
        assertThat(refusal).hasMessageContaining("payload's");
    }

    @Property(tries = 300)
    void refusesAHeaderWithAnyBitFlipped(
            @ForAll @IntRange(max = 100_000) int place, @ForAll @IntRange(max = 7) int bit) {
        int size = (int) (READ.headerEnd() - READ.headerStart());
        byte[] flipped = flip((int) READ.headerStart() + place % size, bit);

        assertThat(refusal(flipped).reason()).isNotEqualTo(Reason.ARCHITECTURE);
    }

    @Property(tries = 300)
    void refusesAPayloadWithAnyBitFlipped(
            @ForAll @IntRange(max = 100_000) int place, @ForAll @IntRange(max = 7) int bit) {
        int size = WHOLE.length - (int) READ.headerEnd();
        byte[] flipped = flip((int) READ.headerEnd() + place % size, bit);

        assertThat(refusal(flipped).reason()).isEqualTo(Reason.PAYLOAD_DIGEST);
    }

    @Property(tries = 500)
    void neverBreaksOnASignatureHeaderWithABitFlipped(
            @ForAll @IntRange(max = 100_000) int place, @ForAll @IntRange(max = 7) int bit) throws IOException {
        int size = (int) READ.headerStart() - 96;
        byte[] flipped = flip(96 + place % size, bit);

        try {
            assertThat(RpmReader.read(new ByteArrayInputStream(flipped)).headerSha256())
                    .isEqualTo(READ.headerSha256());
        } catch (PackageFormatException e) {
            assertThat(e.reason()).isNotNull();
        }
    }

    @Test
    void refusesAHeaderThatIsNotTheDigestedOne() {
        byte[] flipped = flip((int) READ.headerEnd() - 20, 0);

        assertThat(refusal(flipped).reason()).isEqualTo(Reason.HEADER_DIGEST);
    }

    @Test
    void refusesBytesBehindThePayload() {
        assertThat(refusal(Arrays.copyOf(WHOLE, WHOLE.length + 1)).reason()).isEqualTo(Reason.SIZE_MISMATCH);
    }

    @Test
    void refusesAClaimOfEntriesWithoutTakingMemoryForIt() {
        byte[] claim = WHOLE.clone();
        ByteBuffer.wrap(claim).putInt((int) READ.headerStart() + 8, Integer.MAX_VALUE);

        assertThat(refusal(claim).reason()).isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void refusesAClaimOfBytesWithoutTakingMemoryForIt() {
        byte[] claim = WHOLE.clone();
        ByteBuffer.wrap(claim).putInt((int) READ.headerStart() + 12, -1);

        assertThat(refusal(claim).reason()).isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void refusesMoreFilesThanAllowed() {
        RpmLimits limits = new RpmLimits(65_535, 1 << 20, 1 << 20, 1000, 0, 1 << 20, 1 << 30);

        assertThat(refusal(WHOLE, limits)).hasMessageContaining("1 files");
    }

    @Test
    void refusesMoreTextsThanAllowed() {
        RpmLimits limits = new RpmLimits(65_535, 1 << 20, 1 << 20, 3, 1000, 1 << 20, 1 << 30);

        assertThat(refusal(WHOLE, limits).reason()).isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void refusesAnArchiveLargerThanAllowed() {
        RpmLimits limits = new RpmLimits(65_535, 1 << 20, 1 << 20, 1000, 1000, 1 << 20, 9_000);

        assertThat(refusal(WHOLE, limits)).hasMessageContaining("more than 9000 bytes");
    }

    @Test
    void refusesAnArchiveThatUnpacksToMoreThanThePackageSays() {
        RpmForge forge = RpmForge.of(SAMPLE);
        byte[] more = Arrays.copyOf(forge.archive(), forge.archive().length + 4000);

        byte[] forged = forge.archive(more).build();
        replaceNumber(forged, Tag.SIG_PAYLOADSIZE, forge.archive().length - 4000);

        assertThat(refusal(forged).reason()).isEqualTo(Reason.TOO_LARGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/usr/../etc/", "/usr/./share/", "/usr//share/", "usr/share/", "/usr/share", "", "/../"})
    void refusesADirectoryThatLeavesItsPlace(String directory) {
        assertThat(refusal(RpmForge.of(SAMPLE).texts(Tag.DIRNAMES, directory).build())
                        .reason())
                .isEqualTo(Reason.UNSAFE_PATH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "../etc", "a/b", ""})
    void refusesAFileNameThatLeavesItsPlace(String name) {
        assertThat(refusal(RpmForge.of(SAMPLE).texts(Tag.BASENAMES, name).build())
                        .reason())
                .isEqualTo(Reason.UNSAFE_PATH);
    }

    @Test
    void refusesAPathLongerThanSystemsAllow() {
        byte[] forged =
                RpmForge.of(SAMPLE).texts(Tag.BASENAMES, "x".repeat(5000)).build();

        assertThat(refusal(forged).reason()).isEqualTo(Reason.UNSAFE_PATH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"./usr/share/whole/../../../etc/passwd", "./etc/passwd", "/usr/share/whole/datax"})
    void refusesAnArchiveWithAFileThatTheHeaderDoesNotName(String name) {
        byte[] archive = new RpmForge.Cpio().member(name, new byte[10_000]).end();

        assertThat(refusal(RpmForge.of(SAMPLE).archive(archive).build())).hasMessageContaining("does not name");
    }

    @Test
    void refusesANulInANameOfTheArchive() {
        byte[] archive = new RpmForge.Cpio()
                .member("./usr/share/whole/data\0x", new byte[10_000])
                .end();

        assertThat(refusal(RpmForge.of(SAMPLE).archive(archive).build()).reason())
                .isEqualTo(Reason.UNSAFE_PATH);
    }

    @Test
    void refusesAFileTwiceInTheArchive() {
        byte[] archive = new RpmForge.Cpio()
                .member("./usr/share/whole/data", new byte[10_000])
                .member("./usr/share/whole/data", new byte[10_000])
                .end();

        assertThat(refusal(RpmForge.of(SAMPLE).archive(archive).build())).hasMessageContaining("twice");
    }

    @Test
    void refusesAFileOfAnotherSizeThanTheHeaderSays() {
        byte[] archive = new RpmForge.Cpio()
                .member("./usr/share/whole/data", new byte[9])
                .end();

        assertThat(refusal(RpmForge.of(SAMPLE).archive(archive).build()).reason())
                .isEqualTo(Reason.SIZE_MISMATCH);
    }

    @Test
    void refusesAPayloadThatIsNoArchive() {
        byte[] forged = RpmForge.of(SAMPLE).archive(new byte[5000]).build();

        assertThat(refusal(forged)).hasMessageContaining("not a cpio archive");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "xz", "zstd", "bzip2", "lzma"})
    void refusesAPayloadThatIsNotCompressedAsTheHeaderSays(String compressor) {
        assertThat(refusal(RpmForge.of(SAMPLE).build(compressor))).hasMessageContaining(compressor);
    }

    @Test
    void refusesAnUnknownCompressor() {
        PackageFormatException refusal = refusal(RpmForge.of(SAMPLE).build("shrink"));

        assertThat(refusal.reason()).isEqualTo(Reason.UNSUPPORTED);
        assertThat(refusal).hasMessageContaining("\"shrink\"");
    }

    @Test
    void namesAnUnknownCompressorAsItIs() throws IOException {
        byte[] forged = RpmForge.of(SAMPLE).build("shrink");

        RpmPayload payload =
                RpmReader.readHeaders(new ByteArrayInputStream(forged)).payload();

        assertThat(payload.compressor()).isEqualTo("shrink");
        assertThat(payload.known()).isEmpty();
    }

    @Test
    void refusesDependenciesWithoutVersions() {
        byte[] forged = RpmForge.of(SAMPLE).texts(1050, "1").build();

        assertThat(refusal(forged)).hasMessageContaining("requires are incomplete");
    }

    @Test
    void refusesATagOfTheWrongType() {
        assertThat(refusal(RpmForge.of(SAMPLE).numbers(Tag.NAME, 1).build())).hasMessageContaining("has type 4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "a b", "a\nb", ".hidden", "..", ""})
    void refusesANameThatIsNoName(String name) {
        assertThat(refusal(RpmForge.of(SAMPLE).text(Tag.NAME, name).build()).reason())
                .isEqualTo(Reason.MALFORMED);
    }

    @Test
    void refusesManyEntriesThatClaimTheSameTextsAtOnce() throws IOException {
        int entries = 60_000;
        int size = 8 << 20;
        ByteBuffer header = ByteBuffer.allocate(16 + 16 * entries + size);
        header.putLong(0x8eade80100000000L).putInt(entries).putInt(size);
        header.putInt(63).putInt(7).putInt(size - 16).putInt(16);
        for (int tag = 1; tag < entries; tag++) {
            header.putInt(1000 + tag).putInt(8).putInt(0).putInt(size - 16);
        }
        header.position(header.capacity() - 16);
        header.putInt(63).putInt(7).putInt(-16 * entries).putInt(16);

        byte[] forged = RpmForge.of(SAMPLE).build(header.array());

        assertThat(assertTimeout(Duration.ofSeconds(20), () -> refusal(forged)).reason())
                .isEqualTo(Reason.MALFORMED);
    }

    @Test
    void refusesEntriesThatShareTheirData() {
        byte[] forged = RpmForge.of(SAMPLE).build();
        ByteBuffer header = ByteBuffer.wrap(forged);
        int index = (int) headers(forged).headerStart() + 16;
        // the second and the third entry, behind the region
        header.putInt(index + 2 * 16 + 8, header.getInt(index + 16 + 8));

        assertThat(refusal(forged)).hasMessageContaining("overlaps");
    }

    @Test
    void refusesATagThatIsThereTwice() {
        byte[] forged = RpmForge.of(SAMPLE).build();
        ByteBuffer header = ByteBuffer.wrap(forged);
        int index = (int) headers(forged).headerStart() + 16;
        header.putInt(index + 2 * 16, header.getInt(index + 16));

        assertThat(refusal(forged)).hasMessageContaining("twice");
    }

    @Test
    void refusesAProgramForAnotherMachineThanClaimed() {
        Path lying = SampleRpms.build(
                spec -> spec.name("lying").arch("aarch64").file("/usr/bin/lying", SampleElf.of(ElfMachine.X86_64)));

        PackageFormatException refusal = refusal(bytes(lying));

        assertThat(refusal.reason()).isEqualTo(Reason.ARCHITECTURE);
        assertThat(refusal).hasMessageContaining("/usr/bin/lying").hasMessageContaining("aarch64");
    }

    @Test
    void acceptsAProgramForTheMachineClaimed() throws IOException {
        Path honest = SampleRpms.build(
                spec -> spec.name("honest").arch("aarch64").file("/usr/bin/honest", SampleElf.of(ElfMachine.AARCH64)));

        assertThat(RpmReader.read(honest).nevra().arch()).isEqualTo("aarch64");
    }

    @Test
    void refusesAProgramInANoarchPackage() {
        Path lying =
                SampleRpms.build(spec -> spec.name("lying").file("/usr/bin/lying", SampleElf.of(ElfMachine.X86_64)));

        assertThat(refusal(bytes(lying)).reason()).isEqualTo(Reason.ARCHITECTURE);
    }

    @Test
    void doesNotLookAtWhatSourcePackagesHold() throws IOException {
        Path source = SampleRpms.build(
                spec -> spec.name("source").arch("x86_64").source().file("/usr/bin/x", SampleElf.of(ElfMachine.S390X)));

        assertThat(RpmReader.read(source).nevra().isSource()).isTrue();
    }

    @Test
    void passesOnThatReadingItselfFailed() {
        InputStream start = new ByteArrayInputStream(WHOLE, 0, (int) READ.headerEnd() + 10);
        InputStream failing = new SequenceInputStream(start, new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the disk is gone");
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return read();
            }
        });

        assertThatThrownBy(() -> RpmReader.read(failing))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(PackageFormatException.class)
                .hasMessage("the disk is gone");
    }

    private static PackageFormatException refusal(byte[] file) {
        return refusal(file, RpmLimits.DEFAULT);
    }

    private static PackageFormatException refusal(byte[] file, RpmLimits limits) {
        return catchThrowableOfType(
                PackageFormatException.class, () -> RpmReader.read(new ByteArrayInputStream(file), limits));
    }

    private static byte[] flip(int place, int bit) {
        byte[] copy = WHOLE.clone();
        copy[place] ^= (byte) (1 << bit);
        return copy;
    }

    /** Overwrites a number in the signature header, which no digest covers. */
    private static void replaceNumber(byte[] file, int tag, int value) {
        ByteBuffer in = ByteBuffer.wrap(file);
        int count = in.getInt(96 + 8);
        for (int i = 0; i < count; i++) {
            int entry = 96 + 16 + i * 16;
            if (in.getInt(entry) == tag) {
                in.putInt(96 + 16 + count * 16 + in.getInt(entry + 8), value);
            }
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RpmPackage headers(Path file) {
        return headers(bytes(file));
    }

    private static RpmPackage headers(byte[] file) {
        try {
            return RpmReader.readHeaders(new ByteArrayInputStream(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
