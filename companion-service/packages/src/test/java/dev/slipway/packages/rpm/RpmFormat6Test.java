package dev.slipway.packages.rpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.packages.PackageFormatException;
import dev.slipway.packages.elf.ElfMachine;
import dev.slipway.packages.elf.SampleElf;
import dev.slipway.packages.fixtures.RpmKeys;
import dev.slipway.packages.fixtures.SampleKey;
import dev.slipway.packages.fixtures.SampleKeys;
import dev.slipway.packages.fixtures.SampleRpms;
import dev.slipway.packages.openpgp.KeyNotUsableException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packages of format 6 and archives with stripped headers, which rpm 4.18 does not write; it reads both. */
class RpmFormat6Test {
    @TempDir
    Path directory;

    private final Path sample = SampleRpms.build(spec -> spec.name("six")
            .arch("x86_64")
            .file("/usr/bin/six", SampleElf.of(ElfMachine.X86_64))
            .file("/usr/share/six/a", "linked")
            .hardLink("/usr/share/six/b", "/usr/share/six/a")
            .directory("/usr/share/six/dir")
            .symlink("/usr/share/six/link", "a"));

    @Test
    void readsAPackageOfFormat6() throws IOException {
        RpmPackage read = RpmReader.read(new ByteArrayInputStream(format6().build()));

        assertThat(read.format()).isEqualTo(6);
        assertThat(read.files()).hasSize(5);
        assertThat(read.signatures().tags()).containsExactly(62, 273, 279, 999);
        assertThat(read.archiveSize()).isEqualTo(archive().length);
    }

    @Test
    void readsStrippedHeadersInFormat4() throws IOException {
        byte[] forged = RpmForge.of(sample).archive(archive()).build();

        assertThat(RpmReader.read(new ByteArrayInputStream(forged)).format()).isEqualTo(4);
    }

    @Test
    void looksIntoFilesBehindStrippedHeaders() {
        byte[] lying = format6().text(Tag.ARCH, "aarch64").build();

        assertThatThrownBy(() -> RpmReader.read(new ByteArrayInputStream(lying)))
                .isInstanceOf(PackageFormatException.class)
                .hasMessageContaining("/usr/bin/six");
    }

    @Test
    void refusesAStrippedHeaderOfAFileThatIsNotThere() {
        byte[] forged = RpmForge.of(sample)
                .archive(new RpmForge.Cpio().stripped(5, null).end())
                .build();

        assertThatThrownBy(() -> RpmReader.read(new ByteArrayInputStream(forged)))
                .hasMessageContaining("file number 5");
    }

    @Test
    void refusesAFormatToCome() {
        byte[] forged = RpmForge.of(sample).numbers(Tag.RPMFORMAT, 7).build();

        assertThatThrownBy(() -> RpmReader.read(new ByteArrayInputStream(forged)))
                .hasMessageContaining("format 7");
    }

    @Test
    void keepsSeveralSignaturesOfAnyKind() throws IOException, KeyNotUsableException {
        Path rpm = Files.write(directory.resolve("six.rpm"), format6().build());
        RpmHeaderSignature rsa = signature(SampleKeys.rsa(), rpm);
        RpmHeaderSignature other = signature(SampleKeys.rsa4096(), rpm);
        RpmHeaderSignature ed25519 = signature(SampleKeys.ed25519(), rpm);

        RpmPackage read = RpmReader.read(splice(rpm, rsa, other, ed25519));

        assertThat(read.signatures().headerSignatures()).containsExactlyInAnyOrder(rsa, other, ed25519);
        assertThat(read.signatures().tags()).containsExactly(62, 268, 273, 278, 279, 999);
    }

    @Test
    void rpm4AcceptsTheSignature() throws IOException, KeyNotUsableException {
        Path rpm = Files.write(directory.resolve("six.rpm"), format6().build());

        Path signed = splice(rpm, signature(SampleKeys.rsa(), rpm));

        RpmKeys keys = new RpmKeys(directory, SampleKeys.rsa().certificate().armored());
        assertThat(keys.check(rpm).exit()).isNotZero();
        assertThat(keys.check(signed).exit()).isZero();
    }

    @Test
    void signingAgainReplacesTheSignature() throws IOException, KeyNotUsableException {
        Path rpm = Files.write(directory.resolve("six.rpm"), format6().build());
        Path first = splice(rpm, signature(SampleKeys.rsa(), rpm));
        RpmHeaderSignature ed25519 = signature(SampleKeys.ed25519(), first);

        ByteArrayOutputStream second = new ByteArrayOutputStream();
        RpmSignatures.splice(first, second, ed25519);

        assertThat(RpmReader.read(new ByteArrayInputStream(second.toByteArray()))
                        .signatures()
                        .headerSignatures())
                .containsExactly(ed25519);
    }

    private RpmForge format6() {
        return RpmForge.of(sample).format6().archive(archive());
    }

    /** The files in the header's order; of linked ones the last has the content. */
    private static byte[] archive() {
        return new RpmForge.Cpio()
                .stripped(0, SampleElf.of(ElfMachine.X86_64))
                .stripped(1, null)
                .stripped(2, "linked".getBytes(StandardCharsets.US_ASCII))
                .stripped(3, null)
                .stripped(4, "a".getBytes(StandardCharsets.US_ASCII))
                .end();
    }

    private static RpmHeaderSignature signature(SampleKey key, Path rpm) throws IOException, KeyNotUsableException {
        return RpmHeaderSignature.of(key.signer(SampleKeys.at(SampleKeys.CREATED.plusSeconds(60)))
                .detached(RpmSignatures.signedRegion(rpm)));
    }

    private Path splice(Path rpm, RpmHeaderSignature... signatures) throws IOException {
        Path file = directory.resolve("signed.rpm");
        try (OutputStream out = Files.newOutputStream(file)) {
            RpmSignatures.splice(rpm, out, signatures);
        }
        return file;
    }
}
