package dev.slipway.client.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.client.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AbsenceTest {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final TestClock clock = new TestClock();
    private final Absence absence = new Absence(LIMIT, clock);

    @Test
    void beginsOnce() {
        assertThat(absence.began()).isTrue();
        assertThat(absence.began()).isFalse();
    }

    @Test
    void lastsTooLongAfterItsLimitAndNotEarlier() {
        absence.began();
        clock.pass(LIMIT);
        assertThat(absence.tooLong()).isFalse();
        clock.pass(Duration.ofMillis(1));
        assertThat(absence.tooLong()).isTrue();
    }

    @Test
    void isCountedAnewAfterAReturn() {
        absence.began();
        clock.pass(LIMIT);
        absence.over();
        assertThat(absence.began()).isTrue();
        clock.pass(Duration.ofMinutes(1));
        assertThat(absence.tooLong()).isFalse();
    }

    @Test
    void isNoneBeforeItBegan() {
        clock.pass(LIMIT.multipliedBy(2));
        assertThat(absence.tooLong()).isFalse();
    }
}
