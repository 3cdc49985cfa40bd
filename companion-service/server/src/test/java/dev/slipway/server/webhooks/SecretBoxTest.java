package dev.slipway.server.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SecretBoxTest {
    @TempDir
    Path folder;

    @Test
    void opensWhatWasSealedWithTheSameFile() throws Exception {
        Path file = folder.resolve("key");
        byte[] sealed = SecretBox.of(file).seal("hush");

        assertThat(SecretBox.of(file).open(sealed)).isEqualTo("hush");
    }

    @Test
    void sealsTheSameSecretDifferentlyEachTime() throws Exception {
        SecretBox box = SecretBox.of(folder.resolve("key"));

        assertThat(box.seal("hush")).isNotEqualTo(box.seal("hush"));
    }

    @Test
    void opensNothingThatWasSealedWithAnotherKeyOrChanged() throws Exception {
        SecretBox box = SecretBox.of(folder.resolve("key"));
        byte[] sealed = box.seal("hush");

        assertThatThrownBy(() -> SecretBox.of(folder.resolve("other")).open(sealed))
                .isInstanceOf(GeneralSecurityException.class);
        sealed[sealed.length - 1] ^= 1;
        assertThatThrownBy(() -> box.open(sealed)).isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void makesAKeyThatItsOwnerAloneCanRead() throws Exception {
        Path file = folder.resolve("key");
        SecretBox.of(file);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void refusesAKeyThatOthersCanRead() throws Exception {
        Path file = folder.resolve("key");
        SecretBox.of(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(() -> SecretBox.of(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("0600");
    }
}
