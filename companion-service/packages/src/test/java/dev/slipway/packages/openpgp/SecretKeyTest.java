package dev.slipway.packages.openpgp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.packages.fixtures.Gpg;
import dev.slipway.packages.fixtures.SampleKeys;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class SecretKeyTest {

    private static final Clock NOW = SampleKeys.at(SampleKeys.CREATED.plusSeconds(3600));

    @Test
    void aWrongPassphraseIsNamedAsSuch() throws Exception {
        var key = SecretKey.parse(SampleKeys.withPassphrase().secretFile());

        assertThatThrownBy(() -> key.unlock("wrong".toCharArray(), NOW))
                .isInstanceOf(WrongPassphraseException.class)
                .hasMessage("the passphrase given does not open the secret key "
                        + key.certificate().fingerprint())
                .hasNoCause();
    }

    @Test
    void aMissingPassphraseIsNamedAsSuch() throws Exception {
        var key = SecretKey.parse(SampleKeys.withPassphrase().secretFile());

        assertThatThrownBy(() -> key.unlock(new char[0], NOW))
                .isInstanceOf(WrongPassphraseException.class)
                .hasMessageContaining("no passphrase was given");
    }

    @Test
    void anExpiredKeyIsNotUnlocked() throws Exception {
        var key = SecretKey.parse(SampleKeys.expired().secretFile());

        assertThatThrownBy(() -> key.unlock(new char[0], SampleKeys.at(SampleKeys.EXPIRED_AT)))
                .isInstanceOf(KeyNotUsableException.class)
                .hasMessageContaining("expired on 2024-02-14T12:00:00Z");
    }

    @Test
    void picksTheSigningSubkey() {
        var sample = SampleKeys.withSubkey();

        assertThat(sample.unlock(NOW).fingerprint())
                .isEqualTo(sample.certificate().keys().get(1).fingerprint());
    }

    @Test
    void aKeyThatMayNotSignIsRefusedEvenWhenItIsNamed() throws Exception {
        var key = SecretKey.parse(SampleKeys.withSubkey().secretFile());
        var primary = key.certificate().fingerprint();

        assertThatThrownBy(() -> key.unlock(primary, new char[0], NOW))
                .isInstanceOf(KeyNotUsableException.class)
                .hasMessageContaining("is not meant for signing");
    }

    @Test
    void aFingerprintThatTheFileLacksIsNamedWithThoseItHas() throws Exception {
        var key = SecretKey.parse(SampleKeys.rsa().secretFile());
        var other = SampleKeys.other().certificate().fingerprint();

        assertThatThrownBy(() -> key.unlock(other, new char[0], NOW))
                .isInstanceOf(KeyNotUsableException.class)
                .hasMessageContaining(
                        "has no key " + other + "; it has [" + key.certificate().fingerprint());
    }

    @Test
    void aNistKeyIsRefusedWithTheReason() throws Exception {
        try (var gpg = new Gpg()) {
            gpg.generate("Nist <nist@slipway.example>", "nistp256", "sign", "1y");
            var key = SecretKey.parse(gpg.exportSecret());

            assertThatThrownBy(() -> key.unlock(new char[0], Clock.systemUTC()))
                    .isInstanceOf(KeyNotUsableException.class)
                    .hasMessageContaining("NIST P-256: rpm 4.18 refuses ECDSA keys; use RSA or Ed25519");
        }
    }

    @Test
    void theNewestUsableSubkeyIsPicked() throws Exception {
        try (var gpg = new Gpg()) {
            gpg.gpg("--faked-system-time", "20240101T000000!", "--passphrase", "")
                    .and("--quick-generate-key", "Gpg <gpg@slipway.example>", "ed25519", "cert", "none")
                    .run();
            gpg.gpg("--faked-system-time", "20240102T000000!", "--passphrase", "")
                    .and("--quick-add-key", gpg.fingerprint(), "ed25519", "sign", "none")
                    .run();
            gpg.gpg("--passphrase", "", "--quick-add-key", gpg.fingerprint(), "ed25519", "sign", "1y")
                    .run();
            gpg.gpg("--passphrase", "", "--quick-add-key", gpg.fingerprint(), "cv25519", "encr", "1y")
                    .run();
            var key = SecretKey.parse(gpg.exportSecret());

            var picked = key.unlock(new char[0], Clock.systemUTC()).key();

            assertThat(key.certificate().signingKeys(Instant.now()))
                    .hasSize(2)
                    .first()
                    .isEqualTo(picked);
            assertThat(picked.createdAt()).isAfter(Instant.parse("2024-01-02T00:00:00Z"));
        }
    }

    @Test
    void aCertificateIsNotASecretKey() {
        var certificate = SampleKeys.rsa().certificate();

        assertThatThrownBy(() -> SecretKey.parse(certificate.encoded())).hasMessageContaining("no OpenPGP secret key");
        assertThatThrownBy(() -> SecretKey.parse(certificate.armored().getBytes(US_ASCII)))
                .hasMessageContaining("holds a 'PGP PUBLIC KEY BLOCK'");
    }

    @Test
    void nothingSecretIsPrinted() throws Exception {
        var sample = SampleKeys.ed25519();
        var fingerprint = sample.certificate().fingerprint().hex();

        assertThat(SecretKey.parse(sample.secretFile())).hasToString("secret key " + fingerprint);
        assertThat(sample.unlock(NOW)).hasToString("signing key " + fingerprint);
        assertThat(sample.generated()).hasToString("generated key " + fingerprint);
    }

    @Test
    void aDestroyedKeySignsNoMore() {
        var signer = SampleKeys.ed25519().signer(NOW);
        signer.key().destroy();

        assertThat(signer.key().isDestroyed()).isTrue();
        assertThatThrownBy(() -> signer.detached(new byte[1])).hasMessage("the signing key was destroyed");
    }

    @Test
    void aKeyThatExpiresWhileItIsHeldSignsNoMore() {
        var clock = new SettableClock(SampleKeys.CREATED);
        var signer = SampleKeys.expired().signer(clock);

        clock.now = SampleKeys.EXPIRED_AT;

        assertThatThrownBy(() -> signer.detached(new byte[1]))
                .isInstanceOf(KeyNotUsableException.class)
                .hasMessageContaining("expired on");
    }

    @Test
    void equalContentInTheSameSecondGivesEqualSignatures() throws Exception {
        var signer = SampleKeys.rsa().signer(NOW);

        assertThat(signer.detached(new byte[10])).isEqualTo(signer.detached(new byte[10]));
    }

    @Test
    void textThatGpgCouldNotVerifyIsNotSigned() {
        var signer = SampleKeys.ed25519().signer(NOW);

        assertThatThrownBy(() -> signer.clearSigned(("ok\n" + "x".repeat(19_001)).getBytes(UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line 2");
        assertThatThrownBy(() -> signer.clearSigned("a\rb".getBytes(UTF_8))).hasMessageContaining("carriage return");
    }

    private static final class SettableClock extends Clock {
        private Instant now;

        SettableClock(Instant now) {
            this.now = now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
