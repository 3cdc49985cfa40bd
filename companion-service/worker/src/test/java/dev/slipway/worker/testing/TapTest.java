package dev.slipway.worker.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.worker.testing.Tap.Point;
import org.junit.jupiter.api.Test;

class TapTest {
    @Test
    void makesAPointOfEveryLine() {
        Tap tap = read(
                "TAP version 13\n1..4\nok 1 - opens\nnot ok 2 - closes\nok 3 # SKIP no door\nnot ok 4 - locks # TODO later\n");
        assertThat(tap.points())
                .containsExactly(
                        new Point("opens", "passed"),
                        new Point("closes", "failed"),
                        new Point("test 3", "skipped"),
                        new Point("locks", "skipped"));
    }

    @Test
    void noticesThatTestsAreMissing() {
        assertThat(read("1..3\nok 1\n").points())
                .containsExactly(new Point("test 1", "passed"), new Point("plan: 3 tests announced, 1 run", "failed"));
    }

    @Test
    void noticesThatTestsWereGivenUp() {
        assertThat(read("1..3\nok 1\nBail out! no sea\n").points()).contains(new Point("bail out: no sea", "error"));
    }

    @Test
    void understandsThatAllWasSkipped() {
        assertThat(read("1..0 # SKIP no harbour\n").points()).containsExactly(new Point("all", "skipped"));
    }

    @Test
    void leavesOtherOutputAlone() {
        assertThat(read("starting\nok 1\n").spoken()).isFalse();
        assertThat(read("").spoken()).isFalse();
        assertThat(read("okay then\n").spoken()).isFalse();
    }

    private static Tap read(String text) {
        Tap tap = new Tap();
        text.lines().forEach(tap::line);
        return tap;
    }
}
