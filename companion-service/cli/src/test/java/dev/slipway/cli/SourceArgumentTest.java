package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceArgumentTest {
    @ParameterizedTest
    @CsvSource({
        "https://git.example/a.git,         https://git.example/a.git,     ",
        "https://git.example/a.git@v1.2,    https://git.example/a.git,     v1.2",
        "https://ci@git.example/a.git,      https://ci@git.example/a.git,  ",
        "https://ci@git.example/a.git@main, https://ci@git.example/a.git,  main",
        "ssh://git@git.example/a.git,       ssh://git@git.example/a.git,   "
    })
    void theRefStandsBehindTheLastAtSign(String typed, String url, String ref) {
        var source = SourceArgument.parse(typed);

        assertThat(source.url()).isEqualTo(url);
        assertThat(source.gitRef()).isEqualTo(ref);
    }

    @Test
    void aFolderBecomesAnAddress(@TempDir Path folder) {
        assertThat(SourceArgument.parse(folder + "@main").url()).isEqualTo("file://" + folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "https://git.example/a.git@", "no-such-folder"})
    void whatIsNoSourceIsNamed(String typed) {
        assertThatThrownBy(() -> SourceArgument.parse(typed))
                .isInstanceOf(CliException.class)
                .hasMessageContaining("'" + typed.replaceAll("@$", ""));
    }
}
