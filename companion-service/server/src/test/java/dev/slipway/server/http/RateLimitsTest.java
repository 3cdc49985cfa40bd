package dev.slipway.server.http;

import static dev.slipway.server.http.RateLimits.Lane.ANONYMOUS;
import static dev.slipway.server.http.RateLimits.Lane.CALLS;
import static dev.slipway.server.http.RateLimits.Lane.WORK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.server.http.RateLimits.Rate;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class RateLimitsTest {
    private final AtomicLong now = new AtomicLong(1);
    private final RateLimits limits = new RateLimits(now::get, new Rate(2, 4), new Rate(10, 10), new Rate(1, 1));

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private int taken(RateLimits.Lane lane, String caller) {
        for (int taken = 0; ; taken++) {
            try {
                limits.take(lane, caller);
            } catch (ProblemException e) {
                return taken;
            }
        }
    }

    @Test
    void letsABurstThroughAndThenTheRate() {
        assertThat(taken(CALLS, "a")).isEqualTo(4);

        pass(Duration.ofSeconds(1));
        assertThat(taken(CALLS, "a")).isEqualTo(2);
    }

    @Test
    void savesNoMoreThanABurst() {
        taken(CALLS, "a");

        pass(Duration.ofMinutes(5));
        assertThat(taken(CALLS, "a")).isEqualTo(4);
    }

    @Test
    void saysWhenThereIsRoomAgain() {
        taken(ANONYMOUS, "a");

        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> limits.take(ANONYMOUS, "a"));

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.isRetryable()).isTrue();
        assertThat(refused.headers()).containsEntry("Retry-After", "1");
        pass(Duration.ofSeconds(1));
        limits.take(ANONYMOUS, "a");
    }

    @Test
    void countsEachCallerApart() {
        taken(CALLS, "a");

        assertThat(taken(CALLS, "b")).isEqualTo(4);
    }

    @Test
    void letsWorkGoOnWhenTheCallsAreUsedUp() {
        taken(CALLS, "a");

        assertThat(taken(WORK, "a")).isEqualTo(10);
    }

    @Test
    void limitsNothingAtARateOfZero() {
        RateLimits open = new RateLimits(now::get, Rate.NONE, Rate.NONE, Rate.NONE);

        for (int i = 0; i < 10_000; i++) {
            open.take(ANONYMOUS, "a");
        }
        assertThat(now.get()).isEqualTo(1);
    }

    @Test
    void refusesARateThatLetsNothingThrough() {
        assertThatThrownBy(() -> new Rate(5, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
