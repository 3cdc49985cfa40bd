package dev.slipway.packages.openpgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.packages.fixtures.Command;
import dev.slipway.packages.fixtures.SampleKeys;
import dev.slipway.packages.openpgp.KeyRequest.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyGeneratorTest {

    private static final String OWNER = "Slipway <packages@slipway.example>";

    @Test
    void makesAKeyThatSignsFromItsCreationToItsEnd() {
        var key = generate(KeyRequest.of(OWNER, Kind.ED25519, Duration.ofDays(10)));

        assertThat(key.certificate().primary().createdAt()).isEqualTo(SampleKeys.CREATED);
        assertThat(key.certificate().primary().expiresAt()).isEqualTo(SampleKeys.CREATED.plus(Duration.ofDays(10)));
        assertThat(key.certificate().signingKeys(SampleKeys.CREATED)).hasSize(1);
        assertThat(key.certificate().userIds()).containsExactly(OWNER);
    }

    @Test
    void makesKeysWithoutEnd() {
        assertThat(generate(KeyRequest.of(OWNER, Kind.ED25519, null))
                        .certificate()
                        .primary()
                        .expiresAt())
                .isNull();
    }

    @Test
    void namesTheAlgorithm() {
        assertThat(generate(KeyRequest.of(OWNER, Kind.RSA_3072, null))
                        .certificate()
                        .primary()
                        .algorithm())
                .hasToString("RSA 3072");
        assertThat(SampleKeys.ed25519().certificate().primary().algorithm()).hasToString("Ed25519");
    }

    @Test
    void theSecretFileIsArmored() {
        var key = generate(KeyRequest.of(OWNER, Kind.ED25519, null));

        assertThat(new String(key.armoredSecret(), StandardCharsets.US_ASCII))
                .startsWith("-----BEGIN PGP PRIVATE KEY BLOCK-----\n\n");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void rpmImportsKeysThatWillExpire(Kind kind, @TempDir Path directory) throws IOException {
        var key = generate(new KeyRequest(OWNER, kind, Duration.ofDays(10), true));
        Path file = Files.writeString(
                directory.resolve("key.asc"), key.certificate().armored());

        Command.of("rpmkeys", "--define", "_dbpath " + directory, "--import", file)
                .run();
    }

    @Test
    void refusesALifeBeyondTheTimesOfTheTools() {
        assertThatThrownBy(() -> generate(KeyRequest.of(OWNER, Kind.ED25519, Duration.ofDays(36_500))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("beyond 2106-02-07");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nb"})
    void refusesUserIdsThatCannotBeShown(String userId) {
        assertThatThrownBy(() -> KeyRequest.of(userId, Kind.ED25519, null)).hasMessageContaining("user id");
    }

    @Test
    void refusesNoLifeAtAll() {
        assertThatThrownBy(() -> KeyRequest.of(OWNER, Kind.ED25519, Duration.ZERO))
                .hasMessageContaining("lifetime");
    }

    private static GeneratedKey generate(KeyRequest request) {
        return new KeyGenerator(new SecureRandom(), SampleKeys.at(SampleKeys.CREATED)).generate(request, new char[0]);
    }
}
