package dev.slipway.worker.roots;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.worker.roots.AptSources.Mirror;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AptSourcesTest {
    private static final List<String> MAIN = List.of("main");

    @TempDir
    Path etc;

    @Test
    void readsTheFormOfParagraphs() throws IOException {
        write("sources.list.d/debian.sources", """
                Types: deb deb-src
                # a comment
                URIs: http://mirror.example/debian
                Suites: bookworm
                  bookworm-updates
                Components: main contrib
                Signed-By: /usr/share/keyrings/a.gpg

                Types: deb
                URIs: http://mirror.example/security
                Suites: bookworm-security
                Components: main

                Enabled: no
                Types: deb
                URIs: http://off.example/
                Suites: bookworm
                Components: main
                """);
        assertThat(AptSources.read(etc).mirror("bookworm", "bookworm", MAIN))
                .isEqualTo(new Mirror(
                        List.of(
                                "deb http://mirror.example/debian bookworm main",
                                "deb http://mirror.example/debian bookworm-updates main",
                                "deb http://mirror.example/security bookworm-security main"),
                        Set.of("/usr/share/keyrings/a.gpg")));
    }

    @Test
    void readsTheFormOfLines() throws IOException {
        write("sources.list", """
                # deb http://no.example/ bookworm main
                deb [arch=amd64 signed-by=/k.gpg] http://mirror.example/debian bookworm main # usual
                deb-src http://mirror.example/debian bookworm main
                """);
        assertThat(AptSources.read(etc).mirror("bookworm", "bookworm", MAIN))
                .isEqualTo(new Mirror(List.of("deb http://mirror.example/debian bookworm main"), Set.of("/k.gpg")));
    }

    @Test
    void takesTheMachinesMirrorForAnotherSuite() throws IOException {
        write("sources.list", "deb http://mirror.example/debian bookworm main\n");
        assertThat(AptSources.read(etc).mirror("trixie", "bookworm", MAIN))
                .isEqualTo(new Mirror(List.of("deb http://mirror.example/debian trixie main"), Set.of()));
    }

    @Test
    void takesNoVendorsRepositoryForAMirror() throws IOException {
        write("sources.list.d/tool.list", "deb http://tool.example/apt tool-bookworm main\n");
        write(
                "sources.list.d/other.sources",
                "Types: deb\nURIs: http://x.example\nSuites: bookworm\nComponents: stable\n");
        assertThat(AptSources.read(etc).mirror("bookworm", "bookworm", MAIN)).isNull();
    }

    private void write(String name, String content) throws IOException {
        Path file = etc.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
