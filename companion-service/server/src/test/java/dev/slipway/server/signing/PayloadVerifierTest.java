package dev.slipway.server.signing;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.packages.fixtures.Gpg;
import dev.slipway.packages.fixtures.SampleKey;
import dev.slipway.packages.fixtures.SampleKeys;
import dev.slipway.packages.openpgp.Signer;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PayloadVerifierTest {
    private static final Clock SIGNED = SampleKeys.at(SampleKeys.CREATED.plus(Duration.ofDays(1)));
    private static final Clock NOW = SampleKeys.at(SampleKeys.CREATED.plus(Duration.ofDays(2)));
    private static final byte[] HEADER = bytes("\u0001header bytes\u0000");
    private static final byte[] TEXT = bytes("Format: 1.8\nSource: tool  \n- dash\nlast line");

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Signer signer(SampleKey key) {
        return key.signer(SIGNED);
    }

    private static void verify(PayloadKind kind, byte[] payload, byte[] signature) throws Exception {
        verify(SampleKeys.rsa(), NOW, kind, payload, signature);
    }

    private static void verify(SampleKey key, Clock now, PayloadKind kind, byte[] payload, byte[] signature)
            throws Exception {
        new PayloadVerifier(key.certificate(), now).verify(kind, new ByteArrayInputStream(payload), signature);
    }

    private static void assertRefused(PayloadKind kind, byte[] payload, byte[] signature, String because) {
        assertThatExceptionOfType(SignatureRefusedException.class)
                .isThrownBy(() -> verify(kind, payload, signature))
                .withMessageContaining(because);
    }

    @Test
    void acceptsAHeaderSignature() {
        assertThatCode(() -> verify(
                        PayloadKind.RPM_HEADER, HEADER, signer(SampleKeys.rsa()).detached(HEADER)))
                .doesNotThrowAnyException();
    }

    @Test
    void acceptsASignatureByASubkey() {
        var key = SampleKeys.ed25519WithSubkey();

        assertThatCode(() -> verify(
                        key, NOW, PayloadKind.RPM_HEADER, HEADER, signer(key).detached(HEADER)))
                .doesNotThrowAnyException();
    }

    @Test
    void acceptsClearSignedTextWithBlanksAndDashes() {
        assertThatCode(() -> verify(
                        PayloadKind.CLEARSIGNED, TEXT, signer(SampleKeys.rsa()).clearSigned(TEXT)))
                .doesNotThrowAnyException();
    }

    @Test
    void acceptsWhatGpgMakes() throws Exception {
        try (var gpg = new Gpg()) {
            gpg.importKey(SampleKeys.rsa().secretFile(), "");

            assertThatCode(() -> verify(
                            SampleKeys.rsa(), Clock.systemUTC(), PayloadKind.CLEARSIGNED, TEXT, gpg.clearSigned(TEXT)))
                    .doesNotThrowAnyException();
        }
    }

    // 63
    @Test
    void refusesTheWrongKey() throws Exception {
        assertRefused(
                PayloadKind.RPM_HEADER, HEADER, signer(SampleKeys.other()).detached(HEADER), "not among the expected");
    }

    // 63
    @Test
    void refusesASignatureOverOtherBytes() throws Exception {
        assertRefused(
                PayloadKind.RPM_HEADER,
                HEADER,
                signer(SampleKeys.rsa()).detached(bytes("other")),
                "does not fit the content");
    }

    // 62
    @Test
    void refusesATruncatedSignature() throws Exception {
        byte[] whole = signer(SampleKeys.rsa()).detached(HEADER);

        assertThatExceptionOfType(SignatureRefusedException.class)
                .isThrownBy(() -> verify(PayloadKind.RPM_HEADER, HEADER, Arrays.copyOf(whole, whole.length - 7)));
    }

    // 65
    @Test
    void refusesAKeyThatHasExpired() throws Exception {
        var key = SampleKeys.expired();
        byte[] signature = signer(key).detached(HEADER);
        var later = SampleKeys.at(SampleKeys.EXPIRED_AT.plusSeconds(1));

        assertThatExceptionOfType(SignatureRefusedException.class)
                .isThrownBy(() -> verify(key, later, PayloadKind.RPM_HEADER, HEADER, signature))
                .withMessageContaining("ended");
    }

    @Test
    void refusesAnArmoredHeaderSignature() throws Exception {
        assertRefused(
                PayloadKind.RPM_HEADER, HEADER, signer(SampleKeys.rsa()).detachedArmored(HEADER), "binary packet");
    }

    @Test
    void refusesABinaryDetachedSignature() throws Exception {
        assertRefused(PayloadKind.DETACHED, TEXT, signer(SampleKeys.rsa()).detached(TEXT), "ASCII armor");
    }

    @Test
    void refusesOtherClearSignedText() throws Exception {
        byte[] other = signer(SampleKeys.rsa()).clearSigned(bytes("Format: 1.8\nSource: evil\n"));

        assertRefused(PayloadKind.CLEARSIGNED, TEXT, other, "not the one that was to be signed");
    }

    @Test
    void refusesTextInFrontOfTheSignedText() throws Exception {
        byte[] signed = signer(SampleKeys.rsa()).clearSigned(TEXT);
        byte[] both = bytes("Source: evil\n" + new String(signed, StandardCharsets.UTF_8));

        assertThatExceptionOfType(SignatureRefusedException.class)
                .isThrownBy(() -> verify(PayloadKind.CLEARSIGNED, TEXT, both));
    }

    @Test
    void refusesTwoSignaturesInOne() throws Exception {
        byte[] one = signer(SampleKeys.rsa()).detached(HEADER);
        byte[] two = Arrays.copyOf(one, one.length * 2);
        System.arraycopy(one, 0, two, one.length, one.length);

        assertRefused(PayloadKind.RPM_HEADER, HEADER, two, "one signature is expected");
    }

    @Test
    void refusesAnEmptyAnswer() {
        for (var kind : PayloadKind.values()) {
            assertThatExceptionOfType(SignatureRefusedException.class)
                    .as(kind.word())
                    .isThrownBy(() -> verify(kind, HEADER, new byte[0]));
        }
    }
}
