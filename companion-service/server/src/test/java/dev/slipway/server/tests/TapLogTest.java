package dev.slipway.server.tests;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

// acceptance case 70
class TapLogTest {
    @Test
    void readsPassedFailedSkippedAndTodo() {
        String log = """
                TAP version 13
                1..4
                ok 1 - installs
                not ok 2 - runs
                # expected 3 words
                # got 4
                ok 3 # SKIP no network
                not ok 4 - later # TODO not written
                """;

        assertThat(TapLog.read(log))
                .hasValueSatisfying(points -> assertThat(points)
                        .containsExactly(
                                new TapLog.Point("installs", "passed", ""),
                                new TapLog.Point("runs", "failed", "expected 3 words\ngot 4\n"),
                                new TapLog.Point("test 3", "skipped", ""),
                                new TapLog.Point("later", "todo", "")));
    }

    @Test
    void aLogWithoutAPlanIsText() {
        assertThat(TapLog.read("ok then, let us begin\nnot ok\n")).isEmpty();
    }

    @Test
    void aPlanWithoutPointsIsText() {
        assertThat(TapLog.read("1..3\nall is well\n")).isEmpty();
    }
}
