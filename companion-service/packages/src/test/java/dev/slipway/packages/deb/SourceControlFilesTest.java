package dev.slipway.packages.deb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.packages.PackageFormatException;
import dev.slipway.packages.PackageFormatException.Reason;
import dev.slipway.packages.fixtures.Command;
import dev.slipway.packages.fixtures.SampleDebs;
import dev.slipway.packages.fixtures.SampleKeys;
import dev.slipway.packages.fixtures.Sha256;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Source packages and what the dpkg tools write about a build. */
class SourceControlFilesTest {

    @TempDir
    private Path temporary;

    @Test
    void readsASourcePackage() throws Exception {
        var file = SampleDebs.source("soundings", "1:3.0-2");

        var dsc = Dsc.parse(Files.readAllBytes(file));

        assertThat(dsc.identity()).isEqualTo("soundings_1:3.0-2");
        assertThat(dsc.fileName()).isEqualTo(file.getFileName().toString());
        assertThat(dsc.format()).isEqualTo("3.0 (quilt)");
        assertThat(dsc.binaries()).containsExactly("soundings");
        assertThat(dsc.architectures()).containsExactly("all");
        assertThat(dsc.signed()).isFalse();
    }

    @Test
    void namesTheFilesOfASourcePackageWithTheirDigests() throws Exception {
        var file = SampleDebs.source("soundings", "3.0-2");

        for (var named : Dsc.parse(Files.readAllBytes(file)).files()) {
            var bytes = Files.readAllBytes(file.resolveSibling(named.name()));
            assertThat(named).isEqualTo(new SourceFile(named.name(), bytes.length, Sha256.hex(bytes)));
        }
    }

    @Test
    void readsASignedSourcePackage() throws Exception {
        var bytes = Files.readAllBytes(SampleDebs.source("soundings", "3.0-2"));
        var signed = SampleKeys.rsa().signer(SampleKeys.at(SampleKeys.CREATED)).clearSigned(bytes);

        var dsc = Dsc.parse(signed);

        assertThat(dsc.signed()).isTrue();
        assertThat(dsc.files()).isEqualTo(Dsc.parse(bytes).files());
    }

    @Test
    void refusesTextAroundTheSignedBlock() throws Exception {
        var bytes = Files.readAllBytes(SampleDebs.source("soundings", "3.0-2"));
        var signed = SampleKeys.rsa().signer(SampleKeys.at(SampleKeys.CREATED)).clearSigned(bytes);
        var framed = new String(signed, UTF_8) + "\nSource: evil\n";

        assertThatThrownBy(() -> Dsc.parse(framed.getBytes(UTF_8))).hasMessageContaining("text follows the signature");
    }

    @Test
    void readsWhatDpkgWritesAboutABuild() throws Exception {
        var dsc = SampleDebs.source("soundings", "3.0-2");
        Command.of("dpkg-source", "--extract", dsc, temporary.resolve("tree")).run();
        for (var beside : Dsc.parse(Files.readAllBytes(dsc)).files()) {
            Files.copy(
                    dsc.resolveSibling(beside.name()),
                    temporary.resolve(beside.name()),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        Files.copy(dsc, temporary.resolve(dsc.getFileName()));
        for (var tool : new String[] {"dpkg-genbuildinfo", "dpkg-genchanges"}) {
            Command.of(tool, "--build=source", "-O" + temporary.resolve(tool))
                    .in(temporary.resolve("tree"))
                    .run();
        }

        var buildinfo = Buildinfo.parse(Files.readAllBytes(temporary.resolve("dpkg-genbuildinfo")));
        var changes = Changes.parse(Files.readAllBytes(temporary.resolve("dpkg-genchanges")));

        assertThat(buildinfo.source()).isEqualTo("soundings");
        assertThat(buildinfo.files()).extracting(SourceFile::name).containsExactly("soundings_3.0-2.dsc");
        assertThat(changes.version().text()).isEqualTo("3.0-2");
        assertThat(changes.distribution()).isEqualTo("unstable");
        assertThat(changes.architectures()).containsExactly("source");
        assertThat(changes.files())
                .extracting(SourceFile::name)
                .contains("soundings_3.0-2.dsc", "soundings_3.0.orig.tar.gz", "soundings_3.0-2.debian.tar.xz");
    }

    private static final String SHA = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "soundings | 1 | SHA 5 a.tar.xz | MD5 5 a.tar.xz | fine",
                "soundings | 1 | SHA 5 ../a | MD5 5 ../a | is no plain file name",
                "soundings | 1 | SHA 5 /etc/passwd | MD5 5 a | is no plain file name",
                "soundings | 1 | SHA 5 .hidden | MD5 5 a | is no plain file name",
                "soundings | 1 | xyz 5 a | MD5 5 a | malformed digest",
                "soundings | 1 | SHA -5 a | MD5 5 a | not a number",
                "soundings | 1 | SHA 5 | MD5 5 a | malformed line",
                "soundings | 1 | SHA 5 a | MD5 6 a | contradicts itself about the file a",
                "soundings | 1 | SHA 5 a | MD5 5 b | names b in Files but not in Checksums-Sha256",
                "soundings | x | SHA 5 a | MD5 5 a | does not start with a digit",
                "../evil | 1 | SHA 5 a | MD5 5 a | malformed source name"
            })
    void refusesAMalformedSourceControlFile(String source, String version, String sha256, String md5, String message) {
        var text = "Format: 1.0\nSource: %s\nVersion: %s\nChecksums-Sha256:\n %s\nFiles:\n %s\n"
                .formatted(
                        source,
                        version,
                        sha256.replace("SHA", SHA),
                        md5.replace("MD5", "5d41402abc4b2a76b9719d911017c592"));
        if (message.equals("fine")) {
            assertThat(parse(text)).isNull();
        } else {
            assertThat(parse(text)).isNotNull().hasMessageContaining(message);
        }
    }

    @Test
    void refusesASourceWithoutStrongDigests() {
        assertThat(parse("Format: 1.0\nSource: soundings\nVersion: 1\n"))
                .hasMessageContaining("has no list Checksums-Sha256");
    }

    @Test
    void refusesAFileThatIsNamedTwice() {
        var text =
                "Format: 1.0\nSource: soundings\nVersion: 1\nChecksums-Sha256:\n %1$s 5 a\n %1$s 5 a\n".formatted(SHA);

        assertThat(parse(text)).hasMessageContaining("names the file a twice");
    }

    @Test
    void refusesAnOversizeFile() {
        assertThatThrownBy(() -> Changes.parse(new byte[(8 << 20) + 1]))
                .isInstanceOfSatisfying(
                        PackageFormatException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE));
    }

    private static @Nullable PackageFormatException parse(String dsc) {
        try {
            Dsc.parse(dsc.getBytes(UTF_8));
            return null;
        } catch (PackageFormatException e) {
            return e;
        }
    }
}
