package dev.slipway.server.background;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackgroundTest {
    private final Background background = new Background();
    private final AtomicInteger runs = new AtomicInteger();

    @AfterEach
    void close() {
        background.close();
    }

    @Test
    void aJobThatIsWokenTooEarlyRunsWhenAllBegins() {
        background.every(Duration.ofHours(1), "test.count", runs::incrementAndGet);
        background.soon("test.count");

        background.begin();

        await().until(() -> runs.get() == 1);
    }

    @Test
    void noJobRunsBeforeAllBegins() {
        background.every(Duration.ofMillis(1), "test.count", runs::incrementAndGet);
        background.soon("test.count");

        background.close(); // waits for whatever runs

        assertThat(runs).hasValue(0);
    }

    @Test
    void aJobThatFailsRunsAgain() {
        background.every(Duration.ofMillis(1), "test.fail", () -> {
            runs.incrementAndGet();
            throw new IllegalStateException("on purpose");
        });
        background.begin();

        await().until(() -> runs.get() > 2);
    }

    @Test
    void twoJobsCannotHaveOneName() {
        background.every(Duration.ofHours(1), "test.count", runs::incrementAndGet);

        assertThatIllegalStateException()
                .isThrownBy(() -> background.every(Duration.ofHours(1), "test.count", runs::incrementAndGet))
                .withMessageContaining("test.count");
    }
}
