package dev.slipway.server.channels;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {

    @ParameterizedTest
    @CsvSource({
        "bytes=0-99, 0, 99",
        "bytes=10-, 10, 999",
        "bytes=-10, 990, 999",
        "bytes=-5000, 0, 999",
        "bytes=900-5000, 900, 999",
        "bytes=900-99999999999999999999, 900, 999"
    })
    void readsOneRange(String header, long first, long last) {
        assertThat(ByteRange.of(header, 1000)).isEqualTo(new ByteRange(first, last));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=0-1,5-6", "bytes=9-1", "bytes=a-b", "bytes=-", "items=0-1", "bytes=5", "bytes=--5"})
    void servesTheWholeFileForWhatIsNotOneRange(String header) {
        assertThat(ByteRange.of(header, 1000)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=1000-", "bytes=5000-6000", "bytes=-0"})
    void knowsWhenNothingOfItIsThere(String header) {
        assertThat(ByteRange.of(header, 1000)).isEqualTo(ByteRange.UNSATISFIABLE);
    }

    @Test
    void hasNothingToGiveOfAnEmptyFile() {
        assertThat(ByteRange.of("bytes=0-", 0)).isEqualTo(ByteRange.UNSATISFIABLE);
    }
}
