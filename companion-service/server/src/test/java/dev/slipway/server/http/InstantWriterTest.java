package dev.slipway.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class InstantWriterTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1970-01-01T00:00:00Z",
                "2026-11-28T20:05:09.120Z",
                "2026-11-28T20:05:09.000001Z",
                "2026-11-28T20:05:09.123456789Z",
                "2024-02-29T23:59:59.000000010Z",
                "0000-01-01T00:00:00Z",
                "9999-12-31T23:59:59.999999999Z",
                "-0001-12-31T23:59:59Z",
                "+10000-01-01T00:00:00Z",
                "+1000000000-12-31T23:59:59.999999999Z",
                "-1000000000-01-01T00:00:00Z"
            })
    void aMomentIsWrittenAsJavaPrintsIt(String text) throws Exception {
        assertThat(Json.mapper().writeValueAsString(Instant.parse(text))).isEqualTo('"' + text + '"');
    }
}
