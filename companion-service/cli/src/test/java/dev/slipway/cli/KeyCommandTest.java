package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.packages.openpgp.Certificate;
import dev.slipway.worker.signing.KeyFileSigner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyCommandTest {
    @TempDir
    Path directory;

    private Path secret;
    private Path certificate;
    private Path passphrase;

    @BeforeEach
    void name() throws IOException {
        secret = directory.resolve("release.asc");
        certificate = directory.resolve("release.public.asc");
        passphrase = Files.writeString(directory.resolve("release.pass"), "low water\n");
    }

    private Cli.Ran generate() {
        return Cli.plain(
                "key",
                "generate",
                "--user",
                "Release <release@example.org>",
                "--kind",
                "ed25519",
                "--secret",
                secret.toString(),
                "--public",
                certificate.toString(),
                "--passphrase-file",
                passphrase.toString());
    }

    @Test
    void printsTheFingerprintOfTheCertificate() throws Exception {
        Cli.Ran ran = generate();

        assertThat(ran.exit()).as(ran.toString()).isZero();
        assertThat(ran.out().strip())
                .isEqualTo(Certificate.parse(Files.readAllBytes(certificate))
                        .fingerprint()
                        .toString());
    }

    @Test
    void theSecretHalfIsForItsOwnerAloneAndLocked() throws Exception {
        generate();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
                .isEqualTo("rw-------");
        try (KeyFileSigner signer = KeyFileSigner.open(secret, "low water".toCharArray(), Clock.systemUTC())) {
            assertThat(signer.keyId()).hasSize(16);
        }
        assertThat(Files.readString(secret, StandardCharsets.US_ASCII)).doesNotContain("low water");
    }

    @Test
    void aFileThatIsThereIsNeverOverwritten() throws IOException {
        Files.writeString(secret, "mine");

        Cli.Ran ran = generate();

        assertThat(ran.exit()).isEqualTo(6);
        assertThat(ran.err()).contains(secret.toString());
        assertThat(secret).hasContent("mine");
    }
}
