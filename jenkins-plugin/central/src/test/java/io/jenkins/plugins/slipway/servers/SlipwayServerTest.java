package io.jenkins.plugins.slipway.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlipwayServerTest {
    private static SlipwayServer server(String id) {
        return new SlipwayServer(id, "https://companion.example");
    }

    @Test
    void whiteSpaceAroundWhatWasTypedDoesNotMatter() {
        SlipwayServer server = new SlipwayServer(" main ", " https://companion.example ");
        assertThat(server.getId()).isEqualTo("main");
        assertThat(server.getUrl()).isEqualTo("https://companion.example");
    }

    @Test
    void anEmptyAddressIsLeftToTheLevelAbove() {
        assertThat(new SlipwayServer("main", "").settings().url()).isNull();
    }

    @Test
    void patienceThatIsNoneIsTheDefault() {
        SlipwayServer server = server("main");
        server.setPatienceMinutes(0);
        assertThat(server.getPatienceMinutes()).isNull();
        assertThat(server.settings().patience()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<b>", "a b", "-x", "a/b"})
    void anIdThatIsNoneIsRefused(String id) {
        assertThatThrownBy(() -> SlipwayServer.withClearIds(List.of(server(id))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("An id begins with");
    }

    @Test
    void twoServersOfOneIdAreRefused() {
        assertThatThrownBy(() -> SlipwayServer.withClearIds(List.of(server("main"), server("main"))))
                .hasMessage("Two Slipway servers have the id main; each needs one of its own.");
    }

    @Test
    void whatIsKeptCanBeStored() {
        assertThat(SlipwayServer.withClearIds(List.of(server("main")))).isExactlyInstanceOf(java.util.ArrayList.class);
        assertThat(SlipwayServer.withClearIds(null)).isEmpty();
    }
}
