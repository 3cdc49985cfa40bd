package dev.slipway.worker.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.packages.fixtures.Gpg;
import dev.slipway.packages.fixtures.SampleKey;
import dev.slipway.packages.fixtures.SampleKeys;
import dev.slipway.packages.openpgp.Certificate;
import dev.slipway.packages.openpgp.SignatureVerifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PayloadSignersTest {
    private static final byte[] BYTES = "Origin: Slipway\nSuite: stable\n".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path dir;

    private KeyFileSigner keyFile(SampleKey key, String passphrase, Clock clock) throws IOException {
        Path file = Files.write(dir.resolve("key.asc"), key.secretFile());
        return KeyFileSigner.open(file, passphrase.toCharArray(), clock);
    }

    private static void verified(PayloadSigner signer, Certificate certificate, Clock clock) throws Exception {
        SignatureVerifier verifier = new SignatureVerifier(List.of(certificate), clock);
        assertThat(verifier.detached(BYTES, signer.sign(PayloadKind.RPM_HEADER, BYTES))
                        .accepted())
                .as("rpm header")
                .isTrue();
        assertThat(verifier.detached(BYTES, signer.sign(PayloadKind.DETACHED, BYTES))
                        .accepted())
                .as("detached")
                .isTrue();
        var clear = verifier.clearSigned(signer.sign(PayloadKind.CLEARSIGNED, BYTES));
        assertThat(clear.report().accepted()).as("clear-signed").isTrue();
        assertThat(clear.text()).isEqualTo(BYTES);
    }

    @Test
    void aKeyFileMakesEveryKindOfSignature() throws Exception {
        Clock clock = SampleKeys.at(SampleKeys.CREATED.plus(Duration.ofDays(1)));
        SampleKey key = SampleKeys.withPassphrase();
        try (KeyFileSigner signer = keyFile(key, key.passphrase(), clock)) {
            assertThat(signer.keyId()).isEqualTo(key.certificate().keyId());
            verified(signer, key.certificate(), clock);
        }
    }

    @Test
    void aWrongPassphraseIsOneLineThatNamesTheFile() {
        SampleKey key = SampleKeys.withPassphrase();
        assertThatThrownBy(() -> keyFile(key, "not it", SampleKeys.at(SampleKeys.CREATED)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("key.asc")
                .hasMessageContaining("passphrase")
                .hasMessageNotContaining("\n")
                .hasMessageNotContaining("not it");
    }

    // acceptance case 65
    @Test
    void anExpiredKeyIsRefusedBeforeItSignsAnything() {
        SampleKey key = SampleKeys.expired();
        assertThatThrownBy(() ->
                        keyFile(key, key.passphrase(), SampleKeys.at(SampleKeys.EXPIRED_AT.plus(Duration.ofDays(1)))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("expired");
    }

    @Test
    void gpgMakesEveryKindOfSignature() throws Exception {
        try (Gpg gpg = new Gpg()) {
            gpg.generate("Signer <signer@slipway.example>", "rsa2048", "sign", "1y");
            GpgSigner signer = GpgSigner.open(gpg.fingerprint(), gpg.home(), null);
            verified(signer, Certificate.parse(gpg.export()), Clock.systemUTC());
        }
    }

    @Test
    void aKeyThatGpgDoesNotHaveIsNamed() {
        try (Gpg gpg = new Gpg()) {
            assertThatThrownBy(() -> GpgSigner.open("0123456789ABCDEF", gpg.home(), null))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("gpg");
        }
    }

    @Test
    void anOptionIsNoKeyName() {
        assertThatThrownBy(() -> GpgSigner.open("--export-secret-keys", null, null))
                .hasMessageContaining("fingerprint");
    }
}
