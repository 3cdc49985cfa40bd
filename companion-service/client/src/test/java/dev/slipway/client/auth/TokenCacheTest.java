package dev.slipway.client.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.client.TestClock;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TokenCacheTest {
    private static final String SERVER = "https://companion.example";
    private static final ClientSecret CLIENT = new ClientSecret("jenkins", "s3cret");

    private final TestClock clock = new TestClock();
    private final TokenCache cache = new TokenCache(clock);
    private final AtomicInteger minted = new AtomicInteger();

    private AccessToken next(Duration life) {
        return new AccessToken(
                "token-" + minted.incrementAndGet(),
                clock.instant(),
                clock.instant().plus(life),
                Set.of());
    }

    private TokenSource source(TokenCache.Mint mint) {
        return cache.source(SERVER, CLIENT, Set.of(), mint);
    }

    @Test
    void givesTheSameTokenWhileItIsFresh() throws IOException {
        TokenSource tokens = source(() -> next(Duration.ofMinutes(15)));
        tokens.token();
        clock.pass(Duration.ofMinutes(9));
        assertThat(tokens.token()).isEqualTo("token-1");
    }

    @Test
    void fetchesTheNextOneBeforeTheFirstEnds() throws IOException {
        TokenSource tokens = source(() -> next(Duration.ofMinutes(15)));
        tokens.token();
        clock.pass(Duration.ofMinutes(11));
        assertThat(tokens.token()).isEqualTo("token-2");
    }

    @Test
    void keepsUsingAStaleTokenWhileTheCompanionGivesNone() throws IOException {
        source(() -> next(Duration.ofMinutes(15))).token();
        clock.pass(Duration.ofMinutes(11));
        TokenSource broken = source(() -> {
            throw new IOException("down");
        });
        assertThat(broken.token()).isEqualTo("token-1");
    }

    @Test
    void doesNotAskWithEveryCallWhileTheCompanionGivesNone() throws IOException {
        source(() -> next(Duration.ofMinutes(15))).token();
        clock.pass(Duration.ofMinutes(11));
        AtomicInteger asked = new AtomicInteger();
        TokenSource broken = source(() -> {
            asked.incrementAndGet();
            throw new IOException("down");
        });
        broken.token();
        broken.token();
        assertThat(asked).hasValue(1);
    }

    @Test
    void doesNotUseATokenAfterItsEnd() throws IOException {
        source(() -> next(Duration.ofMinutes(15))).token();
        clock.pass(Duration.ofMinutes(15));
        TokenSource broken = source(() -> {
            throw new IOException("down");
        });
        assertThatThrownBy(broken::token).hasMessage("down");
    }

    @Test
    void fetchesAnotherAfterTheCompanionRefusedOne() throws IOException {
        TokenSource tokens = source(() -> next(Duration.ofMinutes(15)));
        assertThat(tokens.refused(tokens.token())).isTrue();
        assertThat(tokens.token()).isEqualTo("token-2");
    }

    @Test
    void keepsTheNewTokenWhenTheOldOneIsRefusedLate() throws IOException {
        TokenSource tokens = source(() -> next(Duration.ofMinutes(15)));
        String old = tokens.token();
        tokens.refused(old);
        tokens.token();
        tokens.refused(old);
        assertThat(tokens.token()).isEqualTo("token-2");
    }

    @Test
    void keepsClientsServersAndScopesApart() throws IOException {
        TokenCache.Mint mint = () -> next(Duration.ofMinutes(15));
        source(mint).token();
        cache.source("https://other.example", CLIENT, Set.of(), mint).token();
        cache.source(SERVER, CLIENT, Set.of("builds:create"), mint).token();
        cache.source(SERVER, new ClientSecret("jenkins", "changed"), Set.of(), mint)
                .token();
        assertThat(minted).hasValue(4);
    }

    @Test
    void fetchesOneTokenForManyThreads() throws Exception {
        CountDownLatch all = new CountDownLatch(4);
        TokenSource tokens = source(() -> {
            try {
                // nobody else may come in here while one waits for the others to ask
                all.await(5, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return next(Duration.ofMinutes(15));
        });
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            java.util.List<Future<String>> asked = new java.util.ArrayList<>();
            for (int i = 0; i < 4; i++) {
                asked.add(threads.submit(() -> {
                    all.countDown();
                    return tokens.token();
                }));
            }
            for (Future<String> answer : asked) {
                assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo("token-1");
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void doesNotShowTheSecret() {
        assertThat(source(() -> next(Duration.ofMinutes(1))).toString()).doesNotContain("s3cret");
    }
}
