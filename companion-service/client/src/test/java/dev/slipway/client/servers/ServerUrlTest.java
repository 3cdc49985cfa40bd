package dev.slipway.client.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.client.servers.ServerUrl.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerUrlTest {
    @ParameterizedTest
    @CsvSource({
        "https://companion.example, NONE",
        "http://127.0.0.1:8080/slipway/, NONE",
        "ftp://companion.example, NO_HTTP_ADDRESS",
        "javascript:alert(1), NO_HTTP_ADDRESS",
        "file:///etc/passwd, NO_HTTP_ADDRESS",
        "companion.example, NO_HTTP_ADDRESS",
        "https://user:secret@companion.example, HOLDS_CREDENTIALS",
        "https://companion.example/?a=b, HOLDS_QUERY",
        "https://companion.example/#top, HOLDS_QUERY"
    })
    void namesTheMistake(String url, Problem problem) {
        assertThat(ServerUrl.problem(url)).isEqualTo(problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://companion.example", "http://10.0.0.1"})
    void plainHttpIsReadableOnTheWay(String url) {
        assertThat(ServerUrl.isReadableOnTheWay(url)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://companion.example", "http://localhost:8080", "http://127.0.0.1", "http://[::1]:80"})
    void tlsAndLoopbackAreNot(String url) {
        assertThat(ServerUrl.isReadableOnTheWay(url)).isFalse();
    }

    @Test
    void slashesAtTheEndDoNotMatter() {
        assertThat(ServerUrl.trimmed(" https://companion.example/x// ")).isEqualTo("https://companion.example/x");
    }
}
