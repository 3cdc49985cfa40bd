package dev.slipway.packages.rpm;

import static dev.slipway.packages.rpm.Refusals.SAMPLE;
import static dev.slipway.packages.rpm.Refusals.bytes;
import static dev.slipway.packages.rpm.Refusals.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.packages.PackageFormatException;
import dev.slipway.packages.PackageFormatException.Reason;
import dev.slipway.packages.elf.ElfMachine;
import dev.slipway.packages.elf.SampleElf;
import dev.slipway.packages.fixtures.SampleRpms;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packages that are whole but claim what must not be: places, names, types, sizes, compression and machines. */
class RpmForgedContentTest {
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
}
