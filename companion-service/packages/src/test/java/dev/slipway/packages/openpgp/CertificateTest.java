package dev.slipway.packages.openpgp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.packages.fixtures.SampleKeys;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyPacket;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.crypto.generators.Ed25519KeyPairGenerator;
import org.bouncycastle.crypto.generators.RSAKeyPairGenerator;
import org.bouncycastle.crypto.params.Ed25519KeyGenerationParameters;
import org.bouncycastle.crypto.params.RSAKeyGenerationParameters;
import org.bouncycastle.openpgp.PGPKeyPair;
import org.bouncycastle.openpgp.PGPKeyRingGenerator;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.bouncycastle.openpgp.PGPSignatureSubpacketVector;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;
import org.bouncycastle.openpgp.operator.bc.BcPGPKeyPair;
import org.junit.jupiter.api.Test;

class CertificateTest {

    private static final Instant LATER = SampleKeys.CREATED.plusSeconds(60);

    @Test
    void readsArmoredAndBinaryFormsAlike() throws Exception {
        var certificate = SampleKeys.rsa().certificate();

        var fromBinary = Certificate.parse(certificate.encoded());
        var fromArmor =
                Certificate.read(new ByteArrayInputStream(certificate.armored().getBytes(US_ASCII)));

        assertThat(fromBinary.keys()).isEqualTo(fromArmor.keys()).isEqualTo(certificate.keys());
        assertThat(fromArmor.userIds()).containsExactly("Slipway <packages@slipway.example>");
    }

    @Test
    void armorHasNoCommentsThatWouldMakeEqualCertificatesDiffer() {
        assertThat(SampleKeys.rsa().certificate().armored())
                .startsWith("-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n")
                .endsWith("-----END PGP PUBLIC KEY BLOCK-----\n")
                .doesNotContain("Version:");
    }

    @Test
    void keyIdIsTheEndOfTheFingerprint() {
        var certificate = SampleKeys.rsa().certificate();

        assertThat(certificate.fingerprint().hex())
                .endsWith(certificate.keyId())
                .hasSize(40);
    }

    @Test
    void tellsWhenItExpires() {
        assertThat(SampleKeys.expired().certificate().primary().expiresAt()).isEqualTo(SampleKeys.EXPIRED_AT);
    }

    @Test
    void anExpiredKeyMaySignInItsLifetimeAlone() {
        var certificate = SampleKeys.expired().certificate();

        assertThat(certificate.signingKeys(SampleKeys.EXPIRED_AT.minusSeconds(1)))
                .hasSize(1);
        assertThat(certificate.signingKeys(SampleKeys.EXPIRED_AT)).isEmpty();
        assertThat(certificate.whyNotSigningAt(SampleKeys.EXPIRED_AT))
                .hasValueSatisfying(reason -> assertThat(reason)
                        .contains(
                                "expired on 2024-02-14T12:00:00Z",
                                certificate.fingerprint().hex()));
    }

    @Test
    void aKeyDoesNotSignBeforeItsCreation() {
        assertThat(SampleKeys.rsa().certificate().signingKeys(SampleKeys.CREATED.minusSeconds(1)))
                .isEmpty();
    }

    @Test
    void theSubkeySignsWhereThePrimaryKeyOnlyCertifies() {
        var certificate = SampleKeys.withSubkey().certificate();

        assertThat(certificate.signingKeys(LATER))
                .containsExactly(certificate.keys().get(1));
        assertThat(certificate.primary().flaw()).isEqualTo("is not meant for signing");
    }

    @Test
    void aSubkeyThatDidNotAgreeCannotSign() throws Exception {
        var certificate = withAdoptedSubkey();

        assertThat(certificate.keys().get(1).flaw()).contains("has not agreed to the certificate");
        assertThat(certificate.signingKeys(LATER)).containsExactly(certificate.primary());
    }

    @Test
    void refusesAnArmoredSecretKey() {
        assertThatThrownBy(() -> Certificate.parse(SampleKeys.rsa().secretFile()))
                .isInstanceOf(KeyMaterialException.class)
                .hasMessageContaining("holds a secret key");
    }

    @Test
    void refusesASecretKeyThatPosesAsAPublicOne() {
        var posing = new String(SampleKeys.rsa().secretFile(), US_ASCII).replace("PRIVATE", "PUBLIC");

        assertThatThrownBy(() -> Certificate.parse(posing)).hasMessageContaining("holds a secret key");
    }

    @Test
    void refusesASecretKeyBehindACertificate() {
        var both = SampleKeys.rsa().certificate().armored()
                + new String(SampleKeys.rsa().secretFile(), US_ASCII);

        assertThatThrownBy(() -> Certificate.parse(both)).hasMessageContaining("holds a secret key");
    }

    @Test
    void refusesSeveralCertificates() {
        var one = SampleKeys.rsa().certificate();
        var other = SampleKeys.other().certificate();

        assertThatThrownBy(() -> Certificate.parse(one.armored() + other.armored()))
                .hasMessageContaining("several");
        assertThatThrownBy(() -> Certificate.parse(joined(one.encoded(), other.encoded())))
                .hasMessageContaining("several");
    }

    @Test
    void refusesOversizeInput() {
        assertThatThrownBy(() -> Certificate.read(new ByteArrayInputStream(new byte[(1 << 20) + 1])))
                .hasMessageContaining("larger than 1048576 bytes");
    }

    @Test
    void refusesEmptyAndForeignInput() {
        assertThatThrownBy(() -> Certificate.parse("")).hasMessageContaining("empty");
        assertThatThrownBy(() -> Certificate.parse("hello")).hasMessageContaining("neither an armored block nor");
        assertThatThrownBy(() -> Certificate.parse(new byte[] {(byte) 0x99, 1, 2}))
                .isInstanceOf(KeyMaterialException.class);
    }

    @Test
    void refusesACutOffArmoredBlock() {
        var armored = SampleKeys.rsa().certificate().armored();

        assertThatThrownBy(() -> Certificate.parse(armored.substring(0, armored.length() - 40)))
                .hasMessageContaining("cut off");
    }

    @Test
    void refusesACertificateWhoseUserIdWasExchanged() {
        var bytes = SampleKeys.rsa().certificate().encoded();
        bytes[new String(bytes, ISO_8859_1).indexOf("Slipway")] = 'X';

        assertThatThrownBy(() -> Certificate.parse(bytes)).hasMessageContaining("no valid self-signature");
    }

    @Property(tries = 400)
    void damagedBytesGiveACertificateOrARefusalAndNothingElse(
            @ForAll @IntRange(max = 3000) int position, @ForAll byte value, @ForAll @IntRange(max = 3000) int cut) {
        var bytes = SampleKeys.withSubkey().certificate().encoded();
        bytes[position % bytes.length] = value;
        bytes[cut % bytes.length] = (byte) 0xFF;
        try {
            assertThat(Certificate.parse(bytes).keys()).isNotEmpty();
        } catch (KeyMaterialException e) {
            assertThat(e).hasMessageNotContaining("null");
        }
    }

    /** A self-signature that claims gigabytes must not make the reader reserve them. */
    @Test
    void refusesASubpacketThatClaimsMoreThanThereIs() {
        var bytes = SampleKeys.ed25519().certificate().encoded();
        var at = new String(bytes, ISO_8859_1).indexOf("example>") + 8;
        // after the signature packet's header: version, type, algorithms, 2 bytes length, first subpacket
        var hugeLength = new byte[] {(byte) 0xFF, 0x7F, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF};
        System.arraycopy(hugeLength, 0, bytes, at + 2 + 6, hugeLength.length);

        assertThatThrownBy(() -> Certificate.parse(bytes)).isInstanceOf(KeyMaterialException.class);
    }

    @Test
    void refusesRsaNumbersThatWouldMakeVerificationSlow() throws Exception {
        var created = Date.from(SampleKeys.CREATED);
        var generator = new RSAKeyPairGenerator();
        var exponent = BigInteger.ONE.shiftLeft(80).add(BigInteger.valueOf(7));
        generator.init(new RSAKeyGenerationParameters(exponent, new SecureRandom(), 2048, 80));
        var pair = new BcPGPKeyPair(
                PublicKeyPacket.VERSION_4, PublicKeyAlgorithmTags.RSA_GENERAL, generator.generateKeyPair(), created);
        var ring = ring(pair, created).generatePublicKeyRing().getEncoded();

        assertThatThrownBy(() -> Certificate.parse(ring))
                .isInstanceOf(KeyMaterialException.class)
                .hasMessageContaining("an exponent beyond 64 bits");
    }

    private static byte[] joined(byte[] a, byte[] b) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(a);
        out.writeBytes(b);
        return out.toByteArray();
    }

    private static Certificate withAdoptedSubkey() throws Exception {
        var created = Date.from(SampleKeys.CREATED);
        var generator = ring(ed25519(created), created);
        generator.addSubKey(ed25519(created), flags(KeyFlags.SIGN_DATA, created), null);
        return Certificate.parse(generator.generatePublicKeyRing().getEncoded());
    }

    private static PGPKeyRingGenerator ring(PGPKeyPair primary, Date created) throws Exception {
        var signer = new BcPGPContentSignerBuilder(primary.getPublicKey().getAlgorithm(), HashAlgorithmTags.SHA256);
        var checksum = new BcPGPDigestCalculatorProvider().get(HashAlgorithmTags.SHA1);
        return new PGPKeyRingGenerator(
                PGPSignature.POSITIVE_CERTIFICATION, primary, "x", checksum, flags(3, created), null, signer, null);
    }

    private static PGPSignatureSubpacketVector flags(int flags, Date created) {
        var subpackets = new PGPSignatureSubpacketGenerator();
        subpackets.setKeyFlags(true, flags);
        subpackets.setSignatureCreationTime(false, created);
        return subpackets.generate();
    }

    private static PGPKeyPair ed25519(Date created) throws Exception {
        var generator = new Ed25519KeyPairGenerator();
        generator.init(new Ed25519KeyGenerationParameters(new SecureRandom()));
        return new BcPGPKeyPair(
                PublicKeyPacket.VERSION_4, PublicKeyAlgorithmTags.EDDSA_LEGACY, generator.generateKeyPair(), created);
    }

    @Test
    void fingerprintsAreReadAsPeopleWriteThem() {
        var hex = SampleKeys.rsa().certificate().fingerprint().hex();

        assertThat(Fingerprint.parse("0x" + hex.toLowerCase(Locale.ROOT)).hex()).isEqualTo(hex);
        assertThat(Arrays.asList(hex.substring(24), hex + "00", "x"))
                .allSatisfy(text ->
                        assertThatThrownBy(() -> Fingerprint.parse(text)).isInstanceOf(IllegalArgumentException.class));
    }
}
