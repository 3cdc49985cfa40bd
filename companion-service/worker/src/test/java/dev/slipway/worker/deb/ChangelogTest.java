package dev.slipway.worker.deb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ChangelogTest {
    private static final String THREE = entry("1:2.0-2", "Tue, 03 Nov 2026 09:00:00 +0000")
            + entry("1:2.0-1", "Mon, 02 Nov 2026 09:00:00 +0000")
            + entry("1:1.9-1", "Sun, 01 Nov 2026 09:00:00 +0000");

    @Test
    void readsTheFirstEntry() {
        Changelog changelog = Changelog.read(THREE);
        assertThat(changelog.name()).isEqualTo("knots");
        assertThat(changelog.version()).isEqualTo("1:2.0-2");
        assertThat(changelog.upstream()).isEqualTo("2.0");
    }

    @Test
    void datesAnUpstreamVersionByItsOldestEntry() {
        assertThat(Changelog.read(THREE).upstreamSince()).isEqualTo(1793610000L);
    }

    @Test
    void takesAHyphenInTheUpstreamVersion() {
        assertThat(Changelog.read(entry("2.0-rc1-1", "x")).upstream()).isEqualTo("2.0-rc1");
    }

    @Test
    void refusesWhatDoesNotBeginWithAnEntry() {
        assertThatThrownBy(() -> Changelog.read("Changes of knots\n" + THREE))
                .hasMessage("debian/changelog does not begin with a name and a version in parentheses");
    }

    private static String entry(String version, String date) {
        return "knots (" + version + ") unstable; urgency=low\n\n  * Change.\n\n"
                + " -- Slipway <packages@slipway.example>  " + date + "\n\n";
    }
}
