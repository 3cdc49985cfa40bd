package dev.slipway.packages.openpgp;

import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyPacket;
import org.bouncycastle.bcpg.SymmetricKeyAlgorithmTags;
import org.bouncycastle.bcpg.sig.Features;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.crypto.generators.Ed25519KeyPairGenerator;
import org.bouncycastle.crypto.generators.RSAKeyPairGenerator;
import org.bouncycastle.crypto.params.Ed25519KeyGenerationParameters;
import org.bouncycastle.crypto.params.RSAKeyGenerationParameters;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPKeyPair;
import org.bouncycastle.openpgp.PGPKeyRingGenerator;
import org.bouncycastle.openpgp.PGPSecretKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureGenerator;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.bouncycastle.openpgp.operator.PBESecretKeyEncryptor;
import org.bouncycastle.openpgp.operator.bc.BcPBESecretKeyEncryptorBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;
import org.bouncycastle.openpgp.operator.bc.BcPGPKeyPair;
import org.jspecify.annotations.Nullable;

/** Makes key pairs in the version 4 form that gpg 2.2, rpm 4.18 and apt read. Safe for use by several threads. */
public final class KeyGenerator {

    private static final BigInteger RSA_EXPONENT = BigInteger.valueOf(65537);
    private static final int RSA_CERTAINTY = 112;
    /** Coded count of the passphrase's hash rounds (RFC 9580, 3.7.1.3): 16 MiB are hashed. */
    private static final int S2K_COUNT = 0xE0;

    private static final Instant END_OF_TIME = Instant.ofEpochSecond(0xFFFFFFFFL);

    private final SecureRandom random;
    private final Clock clock;

    /** @param clock gives the time of creation */
    public KeyGenerator(SecureRandom random, Clock clock) {
        this.random = random;
        this.clock = clock;
    }

    /**
     * Makes a key pair.
     *
     * @param passphrase protects the secret part; empty for none; the caller clears it
     * @throws IllegalArgumentException when the key would live beyond the year 2105, where gpg's times end
     */
    public GeneratedKey generate(KeyRequest request, char[] passphrase) {
        var lifetime = request.lifetime();
        if (lifetime != null && clock.instant().plus(lifetime).isAfter(END_OF_TIME)) {
            throw new IllegalArgumentException("the key would live beyond " + END_OF_TIME
                    + ", where the times of OpenPGP tools end; choose a shorter life, or none");
        }
        try {
            var ring = ring(request, passphrase);
            return new GeneratedKey(Armor.write(ring.getEncoded()), new Certificate(ring.toCertificate()));
        } catch (PGPException | IOException | KeyMaterialException e) {
            throw new IllegalStateException("making an OpenPGP key failed", e);
        }
    }

    private PGPSecretKeyRing ring(KeyRequest request, char[] passphrase) throws PGPException, IOException {
        var created = Date.from(clock.instant().truncatedTo(ChronoUnit.SECONDS));
        var primary = keyPair(request.kind(), created);
        var flags = KeyFlags.CERTIFY_OTHER | (request.signingSubkey() ? 0 : KeyFlags.SIGN_DATA);
        var self = subpackets(primary, created, request, flags);
        self.setPrimaryUserID(false, true);
        self.setPreferredHashAlgorithms(false, new int[] {HashAlgorithmTags.SHA512, HashAlgorithmTags.SHA256});
        self.setPreferredSymmetricAlgorithms(false, new int[] {SymmetricKeyAlgorithmTags.AES_256});
        self.setFeature(false, Features.FEATURE_MODIFICATION_DETECTION);
        var generator = new PGPKeyRingGenerator(
                PGPSignature.POSITIVE_CERTIFICATION,
                primary,
                request.userId(),
                new BcPGPDigestCalculatorProvider().get(HashAlgorithmTags.SHA1), // the checksum of the key file's form
                self.generate(),
                null,
                signer(primary),
                encryptor(passphrase));
        if (request.signingSubkey()) {
            var subkey = keyPair(request.kind(), created);
            var binding = subpackets(primary, created, request, KeyFlags.SIGN_DATA);
            binding.addEmbeddedSignature(false, backSignature(primary, subkey, created));
            generator.addSubKey(subkey, binding.generate(), null);
        }
        return generator.generateSecretKeyRing();
    }

    private PGPKeyPair keyPair(KeyRequest.Kind kind, Date created) throws PGPException {
        if (kind == KeyRequest.Kind.ED25519) {
            var generator = new Ed25519KeyPairGenerator();
            generator.init(new Ed25519KeyGenerationParameters(random));
            return new BcPGPKeyPair(
                    PublicKeyPacket.VERSION_4,
                    PublicKeyAlgorithmTags.EDDSA_LEGACY,
                    generator.generateKeyPair(),
                    created);
        }
        var generator = new RSAKeyPairGenerator();
        generator.init(new RSAKeyGenerationParameters(RSA_EXPONENT, random, kind.bits(), RSA_CERTAINTY));
        return new BcPGPKeyPair(
                PublicKeyPacket.VERSION_4, PublicKeyAlgorithmTags.RSA_GENERAL, generator.generateKeyPair(), created);
    }

    private static PGPSignatureSubpacketGenerator subpackets(
            PGPKeyPair issuer, Date created, KeyRequest request, int flags) {
        var hashed = new PGPSignatureSubpacketGenerator();
        hashed.setIssuerFingerprint(false, issuer.getPublicKey());
        hashed.setSignatureCreationTime(false, created);
        hashed.setKeyFlags(true, flags);
        var lifetime = request.lifetime();
        if (lifetime != null) {
            // not critical: rpm 4.18 imports no key whose expiry is
            hashed.setKeyExpirationTime(false, lifetime.toSeconds());
        }
        return hashed;
    }

    private static PGPSignature backSignature(PGPKeyPair primary, PGPKeyPair subkey, Date created) throws PGPException {
        var generator = new PGPSignatureGenerator(signer(subkey), subkey.getPublicKey());
        generator.init(PGPSignature.PRIMARYKEY_BINDING, subkey.getPrivateKey());
        var hashed = new PGPSignatureSubpacketGenerator();
        hashed.setIssuerFingerprint(false, subkey.getPublicKey());
        hashed.setSignatureCreationTime(false, created);
        generator.setHashedSubpackets(hashed.generate());
        return generator.generateCertification(primary.getPublicKey(), subkey.getPublicKey());
    }

    private static BcPGPContentSignerBuilder signer(PGPKeyPair pair) {
        return new BcPGPContentSignerBuilder(pair.getPublicKey().getAlgorithm(), HashAlgorithmTags.SHA512);
    }

    private @Nullable PBESecretKeyEncryptor encryptor(char[] passphrase) throws PGPException {
        if (passphrase.length == 0) {
            return null;
        }
        var digest = new BcPGPDigestCalculatorProvider().get(HashAlgorithmTags.SHA256);
        return new BcPBESecretKeyEncryptorBuilder(SymmetricKeyAlgorithmTags.AES_256, digest, S2K_COUNT)
                .setSecureRandom(random)
                .build(passphrase);
    }
}
