package dev.slipway.packages.rpm;

import static dev.slipway.packages.rpm.Refusals.SAMPLE;
import static dev.slipway.packages.rpm.Refusals.bytes;
import static dev.slipway.packages.rpm.Refusals.headers;
import static dev.slipway.packages.rpm.Refusals.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.slipway.packages.PackageFormatException;
import dev.slipway.packages.PackageFormatException.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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
}
