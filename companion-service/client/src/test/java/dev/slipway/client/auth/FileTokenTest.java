package dev.slipway.client.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTokenTest {
    @TempDir
    private Path directory;

    private Path file;
    private TokenSource tokens;

    @BeforeEach
    void write() throws IOException {
        file = directory.resolve("token");
        Files.writeString(file, "first\n");
        tokens = TokenSource.file(file);
    }

    @Test
    void isTheOneOfTheFile() throws IOException {
        assertThat(tokens.token()).isEqualTo("first");
    }

    @Test
    void isReadAgainWhenItIsRefused() throws IOException {
        Files.writeString(file, "second");
        assertThat(tokens.token()).isEqualTo("first");
        assertThat(tokens.refused("first")).isTrue();
        assertThat(tokens.token()).isEqualTo("second");
    }

    @Test
    void isNotTriedAgainWhenThereIsNoOther() {
        assertThat(tokens.refused("first")).isFalse();
    }

    @Test
    void isTriedAgainWhenAnotherThreadReadTheNewOne() throws IOException {
        Files.writeString(file, "second");
        tokens.refused("first");
        assertThat(tokens.refused("first")).isTrue();
    }

    @Test
    void staysWhatItIsWhenTheFileIsGoneOrHoldsNone() throws IOException {
        Files.writeString(file, "not a token");
        assertThat(tokens.refused("first")).isFalse();
        Files.delete(file);
        assertThat(tokens.refused("first")).isFalse();
        assertThat(tokens.token()).isEqualTo("first");
    }

    @Test
    void hasToBeThereAtFirst() {
        assertThatThrownBy(() -> TokenSource.file(directory.resolve("none"))).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void isSaidNowhere() {
        assertThat(tokens.toString()).doesNotContain("first");
    }
}
