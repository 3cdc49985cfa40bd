package dev.slipway.client.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TitlesTest {
    private static String build(List<String> platforms, String... urls) {
        List<BuildArguments.Source> sources = List.of(urls).stream()
                .map(url -> new BuildArguments.Source(url, null, null, false, 0))
                .toList();
        return new BuildArguments(platforms, sources, null, null, null, null, null, false, false, 0, null, null)
                .work()
                .title();
    }

    private static String release(
            @Nullable List<Long> builds, long release, boolean dryRun, boolean commit, long revertTo) {
        return new ReleaseArguments(builds, builds == null ? null : "el9", null, release, dryRun, commit, revertTo)
                .work()
                .title();
    }

    private static String compose(@Nullable List<Long> builds, @Nullable List<String> repositories) {
        return new ComposeArguments(
                        builds, repositories, null, null, null, null, null, null, false, false, false, null, null)
                .work()
                .title();
    }

    private static String worker(long build) {
        return new WorkerArguments(null, null, build == 0, build, 1, null, null, null)
                .work("w")
                .title();
    }

    @Test
    void aBuildIsCalledByItsSourcesAndPlatforms() {
        assertThat(build(List.of("el9", "bookworm"), "https://git.example/wordfreq.git"))
                .isEqualTo("Building wordfreq for el9, bookworm");
    }

    @Test
    void manySourcesDoNotMakeALongTitle() {
        assertThat(build(List.of("el9"), "h://x/a", "h://x/b", "h://x/c", "h://x/d", "h://x/e"))
                .isEqualTo("Building a, b, c and 2 more for el9");
    }

    @Test
    void testsAndSignaturesAreOfABuild() {
        assertThat(new TestArguments(812, false, null).work().title()).isEqualTo("Testing build 812");
        assertThat(new SignArguments(812, "release").work().title()).isEqualTo("Signing build 812 with release");
        assertThat(new SignArguments(812, null).work().title()).isEqualTo("Signing build 812");
    }

    @Test
    void aComposeIsOfWhatGoesIn() {
        assertThat(compose(List.of(812L, 815L), null)).isEqualTo("Composing builds 812, 815");
        assertThat(compose(List.of(812L), List.of("el9-extras"))).isEqualTo("Composing build 812, el9-extras");
    }

    @Test
    void aReleaseSaysHowFarItGoes() {
        assertThat(release(List.of(812L), 0, false, true, 0)).isEqualTo("Releasing build 812 to el9");
        assertThat(release(List.of(812L), 0, true, false, 0)).isEqualTo("Trying the release of build 812 to el9");
        assertThat(release(List.of(812L), 0, false, false, 0)).isEqualTo("Planning the release of build 812 to el9");
        assertThat(release(null, 7, false, true, 0)).isEqualTo("Committing release 7");
        assertThat(release(null, 7, false, false, 0)).isEqualTo("Looking at release 7");
        assertThat(release(null, 0, false, false, 7)).isEqualTo("Undoing release 7");
    }

    @Test
    void aWorkerSaysForWhatItWorks() {
        assertThat(worker(0)).isEqualTo("Working");
        assertThat(worker(812)).isEqualTo("Working for build 812");
    }
}
