package dev.slipway.packages.openpgp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.packages.fixtures.Gpg;
import dev.slipway.packages.fixtures.SampleKey;
import dev.slipway.packages.fixtures.SampleKeys;
import dev.slipway.packages.openpgp.Verification.Verdict;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What we sign gpg accepts, and what gpg signs we accept. */
class SignaturesAgainstGpgTest {

    private static final byte[] DATA = "Origin: Slipway\nSuite: demo\n".getBytes(UTF_8);
    private final Clock clock = Clock.systemUTC();
    private final Gpg gpg = new Gpg();

    @AfterEach
    void stopAgent() {
        gpg.close();
    }

    enum Key {
        RSA,
        RSA_4096,
        ED25519,
        PASSPHRASE,
        SUBKEY,
        ED25519_SUBKEY;

        SampleKey get() {
            return switch (this) {
                case RSA -> SampleKeys.rsa();
                case RSA_4096 -> SampleKeys.rsa4096();
                case ED25519 -> SampleKeys.ed25519();
                case PASSPHRASE -> SampleKeys.withPassphrase();
                case SUBKEY -> SampleKeys.withSubkey();
                case ED25519_SUBKEY -> SampleKeys.ed25519WithSubkey();
            };
        }
    }

    @ParameterizedTest
    @EnumSource(Key.class)
    void gpgvAcceptsOurArmoredDetachedSignature(Key key) throws Exception {
        var signature = key.get().signer(clock).detachedArmored(DATA);

        var result = gpg.gpgv(certificate(key), gpg.write(signature), gpg.write(DATA));

        assertThat(result.text()).contains("[GNUPG:] GOODSIG");
        assertThat(result.exit()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Key.class)
    void gpgvAcceptsOurBinaryPacket(Key key) throws Exception {
        var signature = key.get().signer(clock).detached(DATA);

        assertThat(gpg.gpgv(certificate(key), gpg.write(signature), gpg.write(DATA))
                        .exit())
                .isZero();
    }

    static Stream<String> oddTexts() {
        return Stream.of(
                "plain\n",
                "no last line end",
                "-dash\n- dash and blank\n--\n-----BEGIN PGP SIGNATURE-----\n",
                "trailing blanks  \t\nand tab\t\n",
                "windows\r\nlines\r\n",
                "\n\n\n",
                "From here\n From there\n",
                "Grüße, 漢字\n",
                " \n",
                "last line is blank\n\n  \n");
    }

    @ParameterizedTest
    @MethodSource("oddTexts")
    void gpgvAcceptsOurClearSignedText(String text) throws Exception {
        var message = SampleKeys.ed25519().signer(clock).clearSigned(text.getBytes(UTF_8));

        var result = gpg.gpgv(certificate(Key.ED25519), gpg.write(message));

        assertThat(result.text()).contains("[GNUPG:] GOODSIG");
        assertThat(result.exit()).isZero();
    }

    @ParameterizedTest
    @MethodSource("oddTexts")
    void weAcceptGpgsClearSignedText(String text) throws Exception {
        gpg.generate("Gpg <gpg@slipway.example>", "ed25519", "sign", "1y");

        var checked = verifier().clearSigned(gpg.clearSigned(text.getBytes(UTF_8)));

        assertThat(checked.report().decisive().verdict()).isEqualTo(Verdict.GOOD);
    }

    @ParameterizedTest
    @MethodSource("oddTexts")
    void ourTextOfAMessageIsTheTextThatGpgShows(String text) throws Exception {
        gpg.generate("Gpg <gpg@slipway.example>", "ed25519", "sign", "1y");
        var message = gpg.clearSigned(text.getBytes(UTF_8));

        var shown = gpg.gpg("--decrypt").input(message).run().text();

        assertThat(verifier().clearSigned(message).string()).isEqualTo(withoutBlanksAtLineEnds(shown));
    }

    private static String withoutBlanksAtLineEnds(String text) {
        return text.replaceAll("[ \t\r]+\n", "\n");
    }

    @ParameterizedTest
    @EnumSource(DigestAlgorithm.class)
    void gpgSeesTheDigestThatWasAskedFor(DigestAlgorithm digest) throws Exception {
        var signer = new Signer(SampleKeys.rsa().unlock(clock), digest, clock);

        var packets = gpg.gpg("--list-packets").input(signer.detached(DATA)).run();

        assertThat(packets.text()).contains(digest == DigestAlgorithm.SHA256 ? "digest algo 8" : "digest algo 10");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa2048", "rsa3072", "ed25519"})
    void weAcceptGpgsDetachedSignature(String algorithm) throws Exception {
        gpg.generate("Gpg <gpg@slipway.example>", algorithm, "sign", "1y");

        var report = verifier().detached(DATA, gpg.detached(DATA));

        assertThat(report.decisive().verdict()).isEqualTo(Verdict.GOOD);
        assertThat(report.decisive().key()).isEqualTo(new Fingerprint(gpg.fingerprint()));
    }

    @Test
    void weAcceptASignatureByGpgsSubkeyAndNameBothKeys() throws Exception {
        gpg.generate("Gpg <gpg@slipway.example>", "rsa2048", "cert", "1y");
        gpg.gpg("--passphrase", "", "--quick-add-key", gpg.fingerprint(), "ed25519", "sign", "1y")
                .run();

        var result = verifier().detached(DATA, gpg.detached(DATA)).decisive();

        assertThat(result.verdict()).isEqualTo(Verdict.GOOD);
        assertThat(result.certificate()).isEqualTo(new Fingerprint(gpg.fingerprint()));
        assertThat(result.key()).isNotEqualTo(result.certificate());
    }

    @ParameterizedTest
    @EnumSource(Key.class)
    void gpgImportsOurSecretKeyAndSignsWithIt(Key key) throws Exception {
        var sample = key.get();
        gpg.importKey(sample.secretFile(), sample.passphrase());

        var signature = gpg.gpg("--passphrase", sample.passphrase(), "--detach-sign")
                .input(DATA)
                .run()
                .stdout();

        var report = new SignatureVerifier(List.of(sample.certificate()), clock).detached(DATA, signature);
        assertThat(report.decisive().verdict()).isEqualTo(Verdict.GOOD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "pass word"})
    void weSignWithASecretKeyFileOfGpg(String passphrase) throws Exception {
        gpg.gpg("--passphrase", passphrase, "--quick-generate-key", "Gpg <g@slipway.example>", "rsa2048", "sign", "1y")
                .run();
        var file = gpg.gpg("--passphrase", passphrase, "--export-secret-keys")
                .run()
                .stdout();

        var key = SecretKey.parse(file).unlock(passphrase.toCharArray(), clock);
        var signature = new Signer(key, DigestAlgorithm.SHA512, clock).detached(DATA);

        assertThat(gpg.gpgv(gpg.export(), gpg.write(signature), gpg.write(DATA)).exit())
                .isZero();
    }

    @Test
    void weSignWithTheSubkeyOfAFileWhosePrimaryKeyStaysOffline() throws Exception {
        gpg.generate("Gpg <gpg@slipway.example>", "rsa2048", "cert,sign", "1y");
        gpg.gpg("--passphrase", "", "--quick-add-key", gpg.fingerprint(), "rsa2048", "sign", "1y")
                .run();
        var file = gpg.gpg("--passphrase", "", "--export-secret-subkeys").run().stdout();

        var key = SecretKey.parse(file).unlock(new char[0], clock);
        var signature = new Signer(key, DigestAlgorithm.SHA256, clock).detached(DATA);

        assertThat(key.key().primary()).isFalse();
        assertThat(gpg.gpgv(gpg.export(), gpg.write(signature), gpg.write(DATA)).exit())
                .isZero();
    }

    @Test
    void gpgShowsTheExpiryAndTheUsageOfOurKey() {
        gpg.importKey(SampleKeys.ed25519WithSubkey().certificate().encoded(), "");

        var keys = gpg.gpg("--list-keys", "--with-colons").run().text().lines().toList();

        var end =
                String.valueOf(SampleKeys.CREATED.plusSeconds(20_000L * 86_400).getEpochSecond());
        assertThat(keys)
                .anyMatch(
                        line -> line.startsWith("pub:") && line.split(":", -1)[6].equals(end) && line.contains(":cSC:"))
                .anyMatch(
                        line -> line.startsWith("sub:") && line.split(":", -1)[6].equals(end) && line.contains(":s:"));
    }

    private SignatureVerifier verifier() throws Exception {
        return new SignatureVerifier(List.of(Certificate.parse(gpg.export())), clock);
    }

    private static byte[] certificate(Key key) {
        return key.get().certificate().armored().getBytes(UTF_8);
    }
}
