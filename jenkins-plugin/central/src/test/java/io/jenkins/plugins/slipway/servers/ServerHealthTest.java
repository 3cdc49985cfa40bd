package io.jenkins.plugins.slipway.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.client.servers.ServerSettings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerHealthTest {
    private final MovingClock clock = new MovingClock();
    private final ServerHealth health = new ServerHealth(clock);

    private List<String> problems(ServerSettings... servers) {
        return SlipwayMonitor.problems(List.of(servers), health);
    }

    private static ServerSettings server(String url, String credentialsId) {
        return new ServerSettings("main", url, credentialsId, null, null);
    }

    @Test
    void aTokenRefusedForADayIsWorthTelling() {
        health.refused("main");
        clock.pass(Duration.ofHours(12));
        health.refused("main");
        clock.pass(Duration.ofHours(12));
        assertThat(problems(server("https://companion.example", "x")))
                .containsExactly("The Slipway server main has not accepted its credentials for more than a day.");
    }

    @Test
    void aTokenRefusedForAnHourIsNot() {
        health.refused("main");
        clock.pass(Duration.ofHours(1));
        assertThat(health.refusedForLong()).isEmpty();
    }

    @Test
    void aTokenAcceptedMeanwhileEndsIt() {
        health.refused("main");
        health.accepted("main");
        clock.pass(Duration.ofDays(2));
        assertThat(health.refusedForLong()).isEmpty();
    }

    @Test
    void aServerThatIsGoneOrChangedIsNotComplainedOf() {
        ServerSettings same = server("https://companion.example", "x");
        health.refused("main");
        clock.pass(Duration.ofDays(2));
        health.reconfigured(List.of(same), List.of(same));
        assertThat(health.refusedForLong()).containsExactly("main");
        health.reconfigured(List.of(same), List.of(server("https://companion.example", "y")));
        assertThat(health.refusedForLong()).isEmpty();
    }

    @Test
    void noServerIsAProblemOnceAStepWantedOne() {
        assertThat(problems()).isEmpty();
        health.missed();
        assertThat(problems()).hasSize(1);
        assertThat(problems(server("https://companion.example", null))).isEmpty();
    }

    @Test
    void credentialsOverPlainHttpAreAProblem() {
        assertThat(problems(server("http://companion.example", "x")))
                .singleElement()
                .asString()
                .contains("can be read on their way");
    }

    @Test
    void plainHttpWithoutCredentialsOrOnThisMachineIsNone() {
        assertThat(problems(server("http://companion.example", null))).isEmpty();
        assertThat(problems(server("http://127.0.0.1:8080", "x"))).isEmpty();
    }

    @Test
    void anAddressThatIsNoneIsAProblem() {
        assertThat(problems(server("file:///etc", null)))
                .containsExactly("The Slipway server main has no usable address.");
    }
}
