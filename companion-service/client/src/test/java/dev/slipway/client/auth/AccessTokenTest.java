package dev.slipway.client.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AccessTokenTest {
    private static final Instant ISSUED = Instant.parse("2026-11-01T10:00:00Z");

    private static Duration staleAfter(Duration life) {
        return Duration.between(ISSUED, new AccessToken("t", ISSUED, ISSUED.plus(life), Set.of()).stale());
    }

    @Test
    void isStaleFiveMinutesBeforeItsEnd() {
        assertThat(staleAfter(Duration.ofMinutes(15))).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void isStaleAfterHalfAnHourHoweverLongItLives() {
        assertThat(staleAfter(Duration.ofHours(8))).isEqualTo(Duration.ofMinutes(30));
    }

    @Test
    void isNotStaleInItsFirstMinute() {
        assertThat(staleAfter(Duration.ofMinutes(3))).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void isNeverFreshAfterItsEnd() {
        assertThat(staleAfter(Duration.ofSeconds(20))).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void doesNotShowItsValue() {
        assertThat(new AccessToken("very-secret", ISSUED, ISSUED, Set.of()).toString())
                .doesNotContain("very-secret");
    }
}
