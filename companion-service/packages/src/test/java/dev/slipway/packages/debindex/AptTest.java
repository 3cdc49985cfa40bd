package dev.slipway.packages.debindex;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.packages.deb.DebReader;
import dev.slipway.packages.fixtures.Command;
import dev.slipway.packages.fixtures.Gpg;
import dev.slipway.packages.fixtures.SampleDebs;
import dev.slipway.packages.fixtures.SampleKey;
import dev.slipway.packages.fixtures.SampleKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real apt installs from repositories written here, and refuses them when anybody meddles. */
@Tag("slow")
class AptTest {

    private static final Clock CLOCK = Clock.systemUTC();
    private static final Suite SUITE =
            Suite.of("demo", "Slipway", List.of("amd64", "arm64")).withSources();

    private static final Path PROGRAM = SampleDebs.build(spec -> spec.name("fathom")
            .version("2.1-1")
            .arch("amd64")
            .depends("fathom-data (= 1:2.1-1)")
            .file("/usr/bin/fathom", "#!/bin/sh\n"));
    private static final Path DATA = SampleDebs.build(spec -> spec.name("fathom-data")
            .version("1:2.1-1")
            .field("Source", "fathom (2.1-1)")
            .file("/usr/share/fathom/data", "soundings\n"));

    @TempDir
    private Path temporary;

    @ParameterizedTest
    @ValueSource(strings = {"ed25519", "rsa", "subkey"})
    void aptDownloadsAPackageAndItsDependencies(String kind) throws Exception {
        var key = key(kind);
        sound().write(now(), null, key.signer(CLOCK));

        try (var server = new FileServer(root())) {
            var apt = client(server, key);
            apt.aptGet("update").run();
            apt.aptGet("install", "--download-only", "fathom").run();

            assertThat(apt.archives().resolve("fathom_2.1-1_amd64.deb")).hasSameBinaryContentAs(PROGRAM);
            assertThat(apt.archives().resolve("fathom-data_1%3a2.1-1_all.deb")).hasSameBinaryContentAs(DATA);
        }
    }

    @Test
    void aptTakesIndexesByHash() throws Exception {
        sound().addSource(SampleDebs.source("soundings", "3.0-2"))
                .write(now(), null, SampleKeys.rsa().signer(CLOCK));

        try (var server = new FileServer(root())) {
            client(server, SampleKeys.rsa()).aptGet("update").run();

            assertThat(server.served())
                    .anyMatch(path -> path.matches("/dists/demo/main/binary-amd64/by-hash/SHA256/[0-9a-f]{64}"))
                    .anyMatch(path -> path.matches("/dists/demo/main/source/by-hash/SHA256/[0-9a-f]{64}"))
                    .noneMatch(path -> path.endsWith("Packages.gz"));
        }
    }

    @Test
    void aptFetchesASourcePackageAndDpkgUnpacksIt() throws Exception {
        sound().addSource(SampleDebs.source("soundings", "3.0-2"))
                .write(now(), null, SampleKeys.rsa().signer(CLOCK));

        try (var server = new FileServer(root())) {
            var apt = client(server, SampleKeys.rsa());
            apt.aptGet("update").run();
            // the source was not signed by its maker: the signature on the repository vouches for it
            apt.aptGet("source", "soundings").run();

            assertThat(apt.work().resolve("soundings-3.0/debian/control")).exists();
        }
    }

    @Test
    void anEmptyRepositoryIsValid() throws Exception {
        new WrittenRepository(root(), SUITE).write(now(), null, SampleKeys.rsa().signer(CLOCK));

        try (var server = new FileServer(root())) {
            assertThat(client(server, SampleKeys.rsa()).aptGet("update").run().text())
                    .doesNotContain("W:");
        }
    }

    @Test
    void aptReadsEveryFieldAsTheControlFileHasIt() throws Exception {
        sound().write(now(), null, SampleKeys.rsa().signer(CLOCK));

        try (var server = new FileServer(root())) {
            var apt = client(server, SampleKeys.rsa());
            apt.aptGet("update").run();
            var shown = apt.command("apt-cache", "show", "fathom-data").run().text();

            assertThat(shown)
                    .contains(
                            "Source: fathom (2.1-1)",
                            "Filename: pool/main/f/fathom/fathom-data_2.1-1_all.deb",
                            "Size: " + Files.size(DATA),
                            "Description: A sample\n Made for a test.");
        }
    }

    @Test
    void aReleaseAndItsDetachedSignatureSufficeWithoutInRelease() throws Exception {
        sound().write(now(), null, SampleKeys.rsa().signer(CLOCK));
        Files.delete(suiteFile("InRelease"));

        assertThat(update(SampleKeys.rsa()).exit()).isZero();
    }

    // acceptance case 97
    @Test
    void gpgvAcceptsInReleaseAndReleaseGpg() throws Exception {
        var key = SampleKeys.ed25519WithSubkey();
        sound().write(now(), null, key.signer(CLOCK));

        try (var gpg = new Gpg()) {
            var certificate = key.certificate().armored().getBytes(UTF_8);
            assertThat(gpg.gpgv(certificate, suiteFile("InRelease")).exit()).isZero();
            assertThat(gpg.gpgv(certificate, suiteFile("Release.gpg"), suiteFile("Release"))
                            .exit())
                    .isZero();
        }
    }

    // acceptance case 97
    @Test
    void anUnsignedRepositoryIsRefused() throws Exception {
        sound().write(now(), null, null);

        assertRefused("is not signed");
    }

    // acceptance case 97
    @Test
    void anotherKeyIsRefused() throws Exception {
        sound().write(now(), null, SampleKeys.other().signer(CLOCK));

        assertRefused("NO_PUBKEY " + SampleKeys.other().certificate().keyId());
    }

    // acceptance case 97
    @Test
    void anEditedInReleaseIsRefused() throws Exception {
        sound().write(now(), null, SampleKeys.rsa().signer(CLOCK));
        edit("InRelease", text -> text.replace("Label: Slipway", "Label: Slipwax"));

        assertRefused("BADSIG");
    }

    @Test
    void textBeforeTheSignedBlockIsRefused() throws Exception {
        sound().write(now(), null, SampleKeys.rsa().signer(CLOCK));
        edit("InRelease", text -> "Label: evil\n\n" + text);

        assertRefused("not signed");
    }

    // acceptance case 97
    @Test
    void anExpiredReleaseIsRefused() throws Exception {
        sound().write(
                        now().minus(Duration.ofDays(3)),
                        Duration.ofDays(1),
                        SampleKeys.rsa().signer(CLOCK));

        assertRefused("is expired");
    }

    @Test
    void aReleaseFromTheFutureIsRefused() throws Exception {
        sound().write(now().plus(Duration.ofDays(3)), null, SampleKeys.rsa().signer(CLOCK));

        assertRefused("is not valid yet");
    }

    @Test
    void aKeyThatExpiredIsRefused() throws Exception {
        var signer = SampleKeys.expired().signer(SampleKeys.at(SampleKeys.CREATED.plusSeconds(60)));
        sound().write(SampleKeys.CREATED, null, signer);

        assertThat(update(SampleKeys.expired()).exit()).isNotZero();
    }

    // acceptance case 97
    @Test
    void aChangedIndexIsRefused() throws Exception {
        sound().write(now(), null, SampleKeys.rsa().signer(CLOCK));
        try (var indexes = Files.walk(suiteFile("main/binary-amd64"))) {
            for (var index : indexes.filter(Files::isRegularFile).toList()) {
                var bytes = Files.readAllBytes(index);
                bytes[bytes.length / 2] ^= 1;
                Files.write(index, bytes);
            }
        }

        assertRefused("Hash Sum mismatch");
    }

    // acceptance case 97
    @Test
    void aChangedPackageIsRefused() throws Exception {
        var written = sound();
        written.write(now(), null, SampleKeys.rsa().signer(CLOCK));
        var pooled = written.path(DebReader.read(PROGRAM));
        var bytes = Files.readAllBytes(pooled);
        bytes[bytes.length - 1] ^= 1;
        Files.write(pooled, bytes);

        try (var server = new FileServer(root())) {
            var apt = client(server, SampleKeys.rsa());
            apt.aptGet("update").run();
            var result = apt.aptGet("install", "--download-only", "fathom").exec();

            assertThat(result.exit()).isEqualTo(100);
            assertThat(result.stderr()).contains("Hash Sum mismatch");
        }
    }

    private interface Edit {
        String apply(String text);
    }

    private void edit(String name, Edit edit) throws IOException {
        var text = Files.readString(suiteFile(name));
        var edited = edit.apply(text);
        assertThat(edited).isNotEqualTo(text);
        Files.writeString(suiteFile(name), edited);
    }

    private void assertRefused(String message) throws Exception {
        var result = update(SampleKeys.rsa());

        assertThat(result.exit()).isEqualTo(100);
        assertThat(result.stderr()).contains(message);
    }

    private Command.Result update(SampleKey key) throws Exception {
        try (var server = new FileServer(root())) {
            return client(server, key).aptGet("update").exec();
        }
    }

    private WrittenRepository sound() throws Exception {
        return new WrittenRepository(root(), SUITE).add(PROGRAM).add(DATA);
    }

    private AptClient client(FileServer server, SampleKey key) throws IOException {
        var certificate = key.certificate().armored().getBytes(UTF_8);
        return new AptClient(temporary.resolve("apt"), server.uri(), "demo", certificate);
    }

    private static SampleKey key(String kind) {
        return switch (kind) {
            case "ed25519" -> SampleKeys.ed25519();
            case "subkey" -> SampleKeys.withSubkey();
            default -> SampleKeys.rsa();
        };
    }

    private Path root() {
        return temporary.resolve("repository");
    }

    private Path suiteFile(String name) {
        return root().resolve("dists/demo").resolve(name);
    }

    private static Instant now() {
        return CLOCK.instant();
    }
}
