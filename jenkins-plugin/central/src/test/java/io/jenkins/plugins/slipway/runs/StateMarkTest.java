package io.jenkins.plugins.slipway.runs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateMarkTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "blocked",
                "ready",
                "running",
                "succeeded",
                "failed",
                "error",
                "excluded",
                "cancelling",
                "cancelled"
            })
    void everyStateOfATaskHasAMark(String state) {
        assertThat(StateMark.of(state)).isNotEqualTo(StateMark.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"wait", "generating", "done", "removed", "failed"})
    void everyStateOfAComposeHasAMark(String state) {
        assertThat(StateMark.of(state)).isNotEqualTo(StateMark.UNKNOWN);
    }

    @Test
    void aWordOfALaterCompanionIsNoFault() {
        assertThat(StateMark.of("levitating")).isEqualTo(StateMark.UNKNOWN);
    }

    @Test
    void marksDifferByMoreThanColour() {
        assertThat(StateMark.values()).extracting(StateMark::getIcon).contains("symbol-error", "symbol-warning");
        assertThat(StateMark.ERROR.getIcon()).isNotEqualTo(StateMark.FAILED.getIcon());
    }
}
