package io.jenkins.plugins.slipway.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftDirectoriesTest {
    private static final String PATH = "/srv/agent one/work space@tmp/slipway-1";

    @TempDir
    private Path home;

    private LeftDirectories left;

    @BeforeEach
    void open() {
        left = reopened();
    }

    private LeftDirectories reopened() {
        return new LeftDirectories(home.resolve("left"));
    }

    @Test
    void whatIsUsedIsNotToBeRemoved() throws IOException {
        left.use("a1", PATH);
        assertThat(left.leftOn("a1")).isEmpty();
    }

    @Test
    void whatIsLeftIsToBeRemovedFromItsAgentAlone() throws IOException {
        left.use("a1", PATH);
        left.leave("a1", PATH);
        assertThat(left.leftOn("a1")).containsExactly(PATH);
        assertThat(left.leftOn("a2")).isEmpty();
    }

    @Test
    void whatAControllerUsedThatWasKilledIsToBeRemoved() throws IOException {
        left.use("", PATH);
        assertThat(reopened().leftOn("")).containsExactly(PATH);
    }

    @Test
    void whatIsGoneIsForgottenForGood() throws IOException {
        left.use("a1", PATH);
        left.removed("a1", PATH);
        left.leave("a1", PATH);
        assertThat(left.leftOn("a1")).isEmpty();
        assertThat(reopened().leftOn("a1")).isEmpty();
    }

    @Test
    void theOldestAreForgottenWhenTheyAreTooMany() throws IOException {
        for (int i = 0; i <= LeftDirectories.MOST; i++) {
            left.use("a1", "/" + i);
            left.leave("a1", "/" + i);
        }
        assertThat(left.leftOn("a1"))
                .hasSize(LeftDirectories.MOST)
                .doesNotContain("/0")
                .contains("/" + LeftDirectories.MOST);
    }
}
