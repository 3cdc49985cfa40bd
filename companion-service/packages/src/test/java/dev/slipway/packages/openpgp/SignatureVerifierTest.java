package dev.slipway.packages.openpgp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.packages.fixtures.Gpg;
import dev.slipway.packages.fixtures.SampleKey;
import dev.slipway.packages.fixtures.SampleKeys;
import dev.slipway.packages.openpgp.Verification.Verdict;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureVerifierTest {

    private static final byte[] DATA = "Suite: demo\n".getBytes(UTF_8);
    private static final Instant NOW = SampleKeys.CREATED.plusSeconds(3600);
    private static final Clock CLOCK = SampleKeys.at(NOW);

    @Test
    void aGoodSignatureNamesKeyAndTime() throws Exception {
        var sample = SampleKeys.withSubkey();

        var result = verify(sample, DATA, sample.signer(CLOCK).detached(DATA));

        assertThat(result.verdict()).isEqualTo(Verdict.GOOD);
        assertThat(result.certificate()).isEqualTo(sample.certificate().fingerprint());
        assertThat(result.key()).isEqualTo(sample.certificate().keys().get(1).fingerprint());
        assertThat(result.signedAt()).isEqualTo(NOW);
    }

    @Test
    void changedContentIsBad() throws Exception {
        var sample = SampleKeys.ed25519();

        var result = verify(
                sample, "Suite: demO\n".getBytes(UTF_8), sample.signer(CLOCK).detachedArmored(DATA));

        assertThat(result.verdict()).isEqualTo(Verdict.BAD);
    }

    @Test
    void aSignatureByAnotherKeyIsUnknown() throws Exception {
        var result =
                verify(SampleKeys.rsa(), DATA, SampleKeys.other().signer(CLOCK).detached(DATA));

        assertThat(result.verdict()).isEqualTo(Verdict.UNKNOWN_KEY);
        assertThat(result.key()).isNull();
        assertThat(result.reason())
                .contains(SampleKeys.other().certificate().keyId(), "is not among the expected ones");
    }

    @Test
    void aSignatureMadeWhileTheKeyWasValidStaysGoodAndSaysThatTheKeyExpiredSince() throws Exception {
        var sample = SampleKeys.expired();
        var signature = sample.signer(CLOCK).detached(DATA);

        var later = new SignatureVerifier(
                List.of(sample.certificate()), SampleKeys.at(SampleKeys.EXPIRED_AT.plusSeconds(1)));
        var result = later.detached(DATA, signature).decisive();

        assertThat(result.verdict()).isEqualTo(Verdict.GOOD_KEY_EXPIRED_SINCE);
        assertThat(result.good()).isTrue();
        assertThat(result.reason()).contains("whose life ended on 2024-02-14T12:00:00Z");
    }

    @Test
    void aSignatureMadeAfterTheKeyExpiredIsRefused() throws Exception {
        try (var gpg = new Gpg()) {
            gpg.gpg("--faked-system-time", "20240101T000000!", "--passphrase", "")
                    .and("--quick-generate-key", "Gpg <gpg@slipway.example>", "ed25519", "sign", "none")
                    .run();
            var signature = gpg.detached(DATA);
            gpg.gpg("--faked-system-time", "20240102T000000!", "--quick-set-expire", gpg.fingerprint(), "1d")
                    .run();
            var certificate = Certificate.parse(gpg.export());

            var result = new SignatureVerifier(List.of(certificate), Clock.systemUTC())
                    .detached(DATA, signature)
                    .decisive();

            assertThat(result.verdict()).isEqualTo(Verdict.KEY_EXPIRED);
            assertThat(result.reason()).endsWith("expired on 2024-01-03T00:00:00Z");
        }
    }

    @Test
    void aRevokedKeyIsRefusedAlsoForOlderSignatures() throws Exception {
        try (var gpg = new Gpg()) {
            gpg.generate("Gpg <gpg@slipway.example>", "ed25519", "sign", "1y");
            var signature = gpg.detached(DATA);
            var revocation = gpg.home().resolve("openpgp-revocs.d").resolve(gpg.fingerprint() + ".rev");
            gpg.gpg("--import")
                    .input(Files.readString(revocation)
                            .replace(":-----BEGIN", "-----BEGIN")
                            .getBytes(UTF_8))
                    .run();
            var certificate = Certificate.parse(gpg.export());

            var result = new SignatureVerifier(List.of(certificate), Clock.systemUTC())
                    .detached(DATA, signature)
                    .decisive();

            assertThat(result.verdict()).isEqualTo(Verdict.KEY_REVOKED);
            assertThat(certificate.whyNotSigningAt(Instant.now()))
                    .hasValueSatisfying(r -> assertThat(r).contains("was revoked on"));
            assertThat(gpg.gpgv(gpg.export(), gpg.write(signature), gpg.write(DATA))
                            .text())
                    .contains("REVKEYSIG");
        }
    }

    @Test
    void aWeakDigestProvesNothing() throws Exception {
        try (var gpg = new Gpg()) {
            gpg.generate("Gpg <gpg@slipway.example>", "rsa2048", "sign", "1y");
            var signature = gpg.gpg("--digest-algo", "SHA1", "--detach-sign")
                    .input(DATA)
                    .run();

            var result = new SignatureVerifier(List.of(Certificate.parse(gpg.export())), Clock.systemUTC())
                    .detached(DATA, signature.stdout())
                    .decisive();

            assertThat(result.verdict()).isEqualTo(Verdict.SIGNATURE_NOT_USABLE);
            assertThat(result.reason()).contains("weak digest");
        }
    }

    @Test
    void aSignatureByANistKeyIsRefusedWithTheReason() throws Exception {
        try (var gpg = new Gpg()) {
            gpg.generate("Nist <nist@slipway.example>", "nistp256", "sign", "1y");

            var result = new SignatureVerifier(List.of(Certificate.parse(gpg.export())), Clock.systemUTC())
                    .detached(DATA, gpg.detached(DATA))
                    .decisive();

            assertThat(result.verdict()).isEqualTo(Verdict.KEY_NOT_USABLE);
            assertThat(result.reason()).contains("NIST P-256: rpm 4.18 refuses");
        }
    }

    @Test
    void anUnknownSignatureBesideAGoodOneDoesNoHarm() throws Exception {
        var both = new ByteArrayOutputStream();
        both.writeBytes(SampleKeys.other().signer(CLOCK).detached(DATA));
        both.writeBytes(SampleKeys.rsa().signer(CLOCK).detached(DATA));

        var report = verifier(SampleKeys.rsa()).detached(DATA, both.toByteArray());

        assertThat(report.signatures())
                .extracting(Verification::verdict)
                .containsExactly(Verdict.UNKNOWN_KEY, Verdict.GOOD);
        assertThat(report.accepted()).isTrue();
    }

    @Test
    void aBadSignatureBesideAGoodOneRefusesTheContent() throws Exception {
        var both = new ByteArrayOutputStream();
        both.writeBytes(SampleKeys.rsa().signer(CLOCK).detached(DATA));
        both.writeBytes(SampleKeys.rsa().signer(CLOCK).detached(new byte[1]));

        assertThat(verifier(SampleKeys.rsa()).detached(DATA, both.toByteArray()).accepted())
                .isFalse();
    }

    @Test
    void clearSignedTextComesBackAsItWasSigned() throws Exception {
        var sample = SampleKeys.ed25519();
        var message = sample.signer(CLOCK).clearSigned("a\n- b  \n\n-----c\n".getBytes(UTF_8));

        var checked = verifier(sample).clearSigned(message);

        assertThat(checked.report().accepted()).isTrue();
        assertThat(checked.string()).isEqualTo("a\n- b\n\n-----c\n");
    }

    @Test
    void anEditedLineOfClearSignedTextIsBad() throws Exception {
        var sample = SampleKeys.ed25519();
        var message = new String(sample.signer(CLOCK).clearSigned(DATA), US_ASCII).replace("demo", "evil");

        assertThat(verifier(sample)
                        .clearSigned(message.getBytes(US_ASCII))
                        .report()
                        .decisive()
                        .verdict())
                .isEqualTo(Verdict.BAD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Suite: evil\n%s", "\n%s", "%sSuite: evil\n", "%s%s"})
    void textAroundClearSignedTextIsRefused(String frame) throws Exception {
        var message = new String(SampleKeys.ed25519().signer(CLOCK).clearSigned(DATA), US_ASCII);

        assertThatThrownBy(() -> verifier(SampleKeys.ed25519())
                        .clearSigned(frame.replace("%s", message).getBytes(US_ASCII)))
                .isInstanceOf(SignatureFormatException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Hash: SHA256\nSuite: evil\n\n",
                "Hash: SHA256\n \n\n",
                "Hash: SHA256\n\n-evil\n",
                "NotDashEscaped: yes\n\n"
            })
    void trickyHeadersOfClearSignedTextAreRefused(String header) throws Exception {
        var message = new String(SampleKeys.ed25519().signer(CLOCK).clearSigned(DATA), US_ASCII)
                .replace("Hash: SHA256\n\n", header);

        assertThatThrownBy(() -> verifier(SampleKeys.ed25519()).clearSigned(message.getBytes(US_ASCII)))
                .isInstanceOf(SignatureFormatException.class);
    }

    @Test
    void clearSignedTextThatIsCutOffIsRefused() throws Exception {
        var message = SampleKeys.ed25519().signer(CLOCK).clearSigned(DATA);

        for (var length : new int[] {0, 20, 60, message.length / 2, message.length - 10}) {
            assertThatThrownBy(() -> verifier(SampleKeys.ed25519()).clearSigned(Arrays.copyOf(message, length)))
                    .isInstanceOf(SignatureFormatException.class);
        }
    }

    @Test
    void aTextSignatureDoesNotCountAsADetachedOne() throws Exception {
        var sample = SampleKeys.ed25519();
        var message = new String(sample.signer(CLOCK).clearSigned(DATA), US_ASCII);
        var signature = message.substring(message.indexOf("-----BEGIN PGP SIGNATURE"));

        assertThat(verify(sample, DATA, signature.getBytes(US_ASCII)).verdict())
                .isEqualTo(Verdict.SIGNATURE_NOT_USABLE);
    }

    @Test
    void whatIsNoSignatureIsRefused() {
        var sample = SampleKeys.rsa();

        for (var block : List.of(
                new byte[0],
                "hello".getBytes(US_ASCII),
                new byte[] {(byte) 0xFF, 1, 2},
                sample.certificate().encoded(),
                sample.certificate().armored().getBytes(US_ASCII),
                new byte[70_000])) {
            assertThatThrownBy(() -> verifier(sample).detached(DATA, block))
                    .isInstanceOf(SignatureFormatException.class);
        }
    }

    private static SignatureVerifier verifier(SampleKey sample) {
        return new SignatureVerifier(List.of(sample.certificate()), CLOCK);
    }

    private static Verification verify(SampleKey sample, byte[] data, byte[] signature) throws Exception {
        return verifier(sample).detached(data, signature).decisive();
    }
}
