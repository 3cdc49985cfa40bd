package dev.slipway.worker.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolCheckTest {
    @TempDir
    Path empty;

    @Test
    void namesTheMissingToolAndThePackageThatBringsIt() {
        assertThat(new ToolCheck(List.of(empty)).missing(List.of("rpmbuild", "newuidmap")))
                .containsExactly(
                        "rpmbuild is missing: install the Debian package rpm",
                        "newuidmap is missing: install the Debian package uidmap");
    }

    @Test
    void saysNothingAboutToolsThatAreThere() {
        assertThat(new ToolCheck().missing(List.of("sh", "unshare"))).isEmpty();
    }
}
