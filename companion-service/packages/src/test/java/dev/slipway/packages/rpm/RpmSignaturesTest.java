package dev.slipway.packages.rpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.slipway.packages.fixtures.Command;
import dev.slipway.packages.fixtures.Gpg;
import dev.slipway.packages.fixtures.RpmKeys;
import dev.slipway.packages.fixtures.SampleKey;
import dev.slipway.packages.fixtures.SampleKeys;
import dev.slipway.packages.fixtures.SampleRpms;
import dev.slipway.packages.openpgp.KeyNotUsableException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RpmSignaturesTest {
    private static final Clock CLOCK = SampleKeys.at(SampleKeys.CREATED.plusSeconds(60));

    @TempDir
    Path directory;

    private final Path unsigned = SampleRpms.build(spec -> spec.name("signed")
            .arch("x86_64")
            .file("/usr/share/signed/data", "soundings\n".repeat(1000))
            .requires("foo >= 1"));

    static Stream<Named<Supplier<SampleKey>>> keys() {
        return Stream.of(
                Named.of("RSA 2048", SampleKeys::rsa),
                Named.of("RSA 4096", SampleKeys::rsa4096),
                Named.of("Ed25519", SampleKeys::ed25519),
                Named.of("RSA with a signing subkey", SampleKeys::withSubkey));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void rpmAcceptsTheSignature(Supplier<SampleKey> key) throws IOException, KeyNotUsableException {
        Path signed = signed(key.get());

        Command.Result result = keysOf(key.get()).check(signed);

        assertThat(result.text()).contains("Signature, key ID").doesNotContain("NOT OK");
        assertThat(result.exit()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"rsa2048,", "rsa3072,", "ed25519,", "rsa2048,rsa3072"})
    void rpmAcceptsASignatureMadeByGpg(String primary, String subkey) throws IOException {
        try (Gpg gpg = new Gpg()) {
            gpg.generate("Slipway <packages@slipway.example>", primary, subkey == null ? "sign" : "cert", "1y");
            if (subkey != null) {
                gpg.gpg("--passphrase", "", "--quick-add-key", gpg.fingerprint(), subkey, "sign", "1y")
                        .run();
            }
            byte[] packet = gpg.gpg("--passphrase", "", "--detach-sign")
                    .input(RpmSignatures.signedRegion(unsigned))
                    .run()
                    .stdout();

            Path signed = splice(unsigned, "gpg.rpm", RpmHeaderSignature.of(packet));

            assertThat(new RpmKeys(directory, new String(gpg.export(), StandardCharsets.US_ASCII))
                            .check(signed)
                            .exit())
                    .isZero();
        }
    }

    @Test
    void rpmRefusesThePackageBeforeItIsSigned() throws IOException {
        assertThat(keysOf(SampleKeys.rsa()).check(unsigned).exit()).isNotZero();
    }

    @Test
    void rpmRefusesTheSignatureOfAnotherKey() throws IOException, KeyNotUsableException {
        assertThat(keysOf(SampleKeys.rsa()).check(signed(SampleKeys.other())).exit())
                .isNotZero();
    }

    @Test
    void rpmRefusesTheSignatureOfAnotherPackage() throws IOException, KeyNotUsableException {
        Path other = SampleRpms.simple("other", "1", "x86_64");

        Path wrong = splice(unsigned, "wrong.rpm", signature(SampleKeys.rsa(), other));

        assertThat(keysOf(SampleKeys.rsa()).check(wrong).exit()).isNotZero();
    }

    @Test
    void signingAgainReplacesTheSignature() throws IOException, KeyNotUsableException {
        Path first = signed(SampleKeys.rsa());

        Path second = splice(first, "second.rpm", signature(SampleKeys.ed25519(), first));

        assertThat(keysOf(SampleKeys.ed25519()).check(second).exit()).isZero();
        assertThat(RpmReader.read(second).signatures().headerSignatures())
                .containsExactly(signature(SampleKeys.ed25519(), unsigned));
    }

    @Test
    void signingAgainWithTheSameKeyGivesTheSameFile() throws IOException, KeyNotUsableException {
        Path first = signed(SampleKeys.rsa());

        Path second = splice(first, "second.rpm", signature(SampleKeys.rsa(), first));

        assertThat(second).hasSameBinaryContentAs(first);
    }

    @Test
    void replacesWhatRpmsignWrote() throws IOException, KeyNotUsableException {
        Path rpm = Files.copy(unsigned, directory.resolve("rpmsign.rpm"));
        try (Gpg gpg = new Gpg()) {
            gpg.generate("Slipway <packages@slipway.example>", "rsa2048", "sign", "1y");
            Command.of("rpmsign", "--addsign", "--rpmv3", "--define", "__gpg /usr/bin/gpg")
                    .and("--define", "_gpg_name " + gpg.fingerprint(), "--define", "_gpg_path " + gpg.home())
                    .and("--define", "_gpg_sign_cmd_extra_args --batch --no-tty --pinentry-mode loopback")
                    .and(rpm)
                    .run();
        }
        RpmSignatureHeader before = RpmReader.read(rpm).signatures();
        assertThat(before.headerSignatures()).hasSize(1);
        assertThat(before.legacySignatures()).hasSize(1);

        Path replaced = splice(rpm, "replaced.rpm", signature(SampleKeys.rsa(), rpm));

        assertThat(RpmReader.read(replaced).signatures().legacySignatures()).isEmpty();
        assertThat(keysOf(SampleKeys.rsa()).check(replaced).exit()).isZero();
    }

    @Test
    void keepsHeaderPayloadAndOtherTags() throws IOException, KeyNotUsableException {
        Path signed = signed(SampleKeys.rsa());

        RpmPackage before = RpmReader.read(unsigned);
        RpmPackage after = RpmReader.read(signed);
        assertThat(after.headerSha256()).isEqualTo(before.headerSha256());
        assertThat(tail(signed, after.headerStart())).isEqualTo(tail(unsigned, before.headerStart()));
        assertThat(after.signatures().tags())
                .containsAll(before.signatures().tags().stream()
                        .filter(tag -> tag != Tag.SIG_RESERVEDSPACE)
                        .toList())
                .contains(Tag.SIG_RSA)
                .doesNotContain(Tag.SIG_RESERVEDSPACE);
    }

    @Test
    void saysWhereTheHeaderCameToLie() throws IOException, KeyNotUsableException {
        Path file = directory.resolve("out.rpm");
        RpmSignatures.Spliced spliced;
        try (OutputStream out = Files.newOutputStream(file)) {
            spliced = RpmSignatures.splice(unsigned, out, signature(SampleKeys.ed25519(), unsigned));
        }

        RpmPackage read = RpmReader.read(file);
        assertThat(spliced)
                .isEqualTo(new RpmSignatures.Spliced(read.headerStart(), read.headerEnd(), Files.size(file)));
    }

    @Test
    void keepsAnRsaSignatureAndOneOfAnotherKind() throws IOException, KeyNotUsableException {
        Path both = splice(
                unsigned, "both.rpm", signature(SampleKeys.rsa(), unsigned), signature(SampleKeys.ed25519(), unsigned));

        assertThat(new RpmKeys(
                                directory,
                                SampleKeys.rsa().certificate().armored(),
                                SampleKeys.ed25519().certificate().armored())
                        .check(both)
                        .exit())
                .isZero();
    }

    @Test
    void refusesTwoSignaturesOfOneKind() throws IOException, KeyNotUsableException {
        RpmHeaderSignature one = signature(SampleKeys.rsa(), unsigned);
        RpmHeaderSignature two = signature(SampleKeys.rsa4096(), unsigned);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> RpmSignatures.splice(unsigned, OutputStream.nullOutputStream(), one, two))
                .withMessageContaining("one RSA signature");
    }

    @Test
    void takesNothingButASignaturePacket() throws IOException, KeyNotUsableException {
        byte[] packet = signature(SampleKeys.rsa(), unsigned).packet();
        byte[] twice = Arrays.copyOf(packet, packet.length * 2);
        System.arraycopy(packet, 0, twice, packet.length, packet.length);

        for (byte[] bad : new byte[][] {
            {},
            "-----BEGIN PGP SIGNATURE-----".getBytes(StandardCharsets.US_ASCII),
            Arrays.copyOf(packet, packet.length - 1),
            twice,
            SampleKeys.rsa().certificate().armored().getBytes(StandardCharsets.US_ASCII)
        }) {
            assertThatIllegalArgumentException().isThrownBy(() -> RpmHeaderSignature.of(bad));
        }
    }

    private Path signed(SampleKey key) throws IOException, KeyNotUsableException {
        return splice(unsigned, "signed.rpm", signature(key, unsigned));
    }

    private static RpmHeaderSignature signature(SampleKey key, Path rpm) throws IOException, KeyNotUsableException {
        return RpmHeaderSignature.of(key.signer(CLOCK).detached(RpmSignatures.signedRegion(rpm)));
    }

    private Path splice(Path rpm, String name, RpmHeaderSignature... signatures) throws IOException {
        Path file = directory.resolve(name);
        try (OutputStream out = Files.newOutputStream(file)) {
            RpmSignatures.splice(rpm, out, signatures);
        }
        return file;
    }

    private RpmKeys keysOf(SampleKey key) throws IOException {
        return new RpmKeys(directory, key.certificate().armored());
    }

    private static byte[] tail(Path file, long from) throws IOException {
        byte[] all = Files.readAllBytes(file);
        return Arrays.copyOfRange(all, (int) from, all.length);
    }
}
