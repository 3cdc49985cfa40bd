package dev.slipway.client.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {
    @Test
    void aLineOfAFormHoldsSeveralWords() {
        assertThat(Arguments.split(List.of("el9, bookworm", "el10"))).containsExactly("el9", "bookworm", "el10");
    }

    @Test
    void aLineOfAFormHoldsSeveralIds() {
        assertThat(Arguments.idsIn(" 812, 815 ")).containsExactly(812L, 815L);
        assertThat(Arguments.idsIn("")).isEmpty();
        assertThatThrownBy(() -> Arguments.idsIn("812, x")).hasMessageContaining("x is none");
    }

    @Test
    void timesAreWrittenAsPeopleWriteThem() {
        assertThat(Arguments.time("lifetime", "90m")).isEqualTo(Duration.ofMinutes(90));
        assertThat(Arguments.time("lifetime", "7d")).isEqualTo(Duration.ofDays(7));
        assertThat(Arguments.time("lifetime", "24")).isEqualTo(Duration.ofHours(24));
        assertThat(Arguments.time("lifetime", " ")).isNull();
        assertThatThrownBy(() -> Arguments.time("lifetime", "soon")).hasMessageContaining("'24h'");
    }

    @Test
    void aFileInTheWorkspaceMayBeInAFolder() {
        assertThat(Arguments.leadsInside("reports/packages.xml")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "../x.xml", "a/../../x.xml", "C:x", "a\\x", "a//b"})
    void noFileIsWrittenOutsideTheWorkspace(String path) {
        assertThat(Arguments.leadsInside(path)).isFalse();
    }

    @Test
    void releasesAreCommittedOrTriedOutOrUndone() {
        assertThatThrownBy(() -> new ReleaseArguments(List.of(1L), "el9", null, 0, true, true, 0).work())
                .hasMessageContaining("a dry run commits nothing");
        assertThatThrownBy(() -> new ReleaseArguments(List.of(1L), "el9", null, 0, false, false, 5).work())
                .hasMessageContaining("revertTo");
        assertThatThrownBy(() -> new ReleaseArguments(null, null, null, 0, false, false, 0).work())
                .hasMessageContaining("needs builds and a platform");
    }

    @Test
    void aSourceRpmHasNoRef() {
        assertThatThrownBy(() -> new BuildArguments(
                                List.of("el9"),
                                List.of(new BuildArguments.Source("https://h/x.src.rpm", "v1", null, true, 0)),
                                null,
                                null,
                                null,
                                null,
                                null,
                                false,
                                false,
                                0,
                                null,
                                null)
                        .work())
                .hasMessageContaining("https://h/x.src.rpm")
                .hasMessageContaining("leave those out for a source RPM");
    }

    @Test
    void theCommandOfAWorkerHoldsNoSecret() {
        assertThat(new WorkerArguments(List.of("build"), List.of("x86_64", "src"), true, 0, 2, null, null, null)
                        .command("https://c.example", "w", "/private/token", "/home"))
                .containsExactly(
                        "slipway",
                        "worker",
                        "--url",
                        "https://c.example",
                        "--token-file",
                        "/private/token",
                        "--name",
                        "w",
                        "--kinds",
                        "build",
                        "--arches",
                        "x86_64,src",
                        "--parallel",
                        "2",
                        "--home",
                        "/home",
                        "--until-idle");
    }

    @Test
    void aWorkerIsNotOfferedForSigning() {
        assertThatThrownBy(() -> new WorkerArguments(List.of("sign"), null, true, 0, 0, null, null, null).work("w"))
                .hasMessageContaining("packageSign");
    }
}
