package dev.slipway.server.channels;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelPathTest {

    // acceptance case 54
    @ParameterizedTest
    @ValueSource(strings = {"", "/a", "a/", "a//b", "../a", "a/../b", "a/.b", "a b", "a\0b", "a%2e", "ä"})
    void refusesWhatCouldLeaveTheTree(String path) {
        assertThat(ChannelPath.isValid(path)).isFalse();
    }

    @Test
    void keepsAPlainNameAsItsSegment() {
        assertThat(ChannelPath.segment("el9-beta.1")).isEqualTo("el9-beta.1");
    }

    // acceptance case 2
    @ParameterizedTest
    @ValueSource(strings = {"a/b", "größe", " ", ".hidden", "..", "名"})
    void makesASegmentOfAnyName(String name) {
        String segment = ChannelPath.segment(name);

        assertThat(ChannelPath.isValid(segment)).isTrue();
        assertThat(segment).doesNotContain("/");
    }

    @Test
    void keepsDifferentNamesDifferent() {
        assertThat(ChannelPath.segment("a/b")).isNotEqualTo(ChannelPath.segment("a b"));
    }

    @Test
    void triesTheLongestBeginningFirst() {
        assertThat(ChannelPath.candidates("demo/el9/x86_64/repodata/repomd.xml"))
                .containsExactly("demo/el9/x86_64/repodata", "demo/el9/x86_64", "demo/el9", "demo");
    }
}
