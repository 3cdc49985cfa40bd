package dev.slipway.worker.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.builds.RefType;
import dev.slipway.worker.jobs.Diagnosis.Code;
import dev.slipway.worker.jobs.JobFailure;
import dev.slipway.worker.jobs.SourceSpec;
import dev.slipway.worker.testkit.CollectedLog;
import dev.slipway.worker.testkit.SharedEngine;
import dev.slipway.worker.testkit.SourceRepository;
import dev.slipway.worker.tools.Cancellation;
import dev.slipway.worker.tools.Deadline;
import dev.slipway.worker.tools.Supervision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitSourceTest {
    private static final String COMMIT = "0123456789012345678901234567890123456789";

    @TempDir
    Path directory;

    private final CollectedLog log = new CollectedLog();

    @Test
    void takesBranchesTagsAndCommits() throws IOException {
        SourceRepository repository = SourceRepository.of(directory, "sample", Map.of("a", "1"));
        String first = repository.git("rev-parse", "HEAD").trim();
        repository.git("tag", "-a", "-m", "tagged", "v1");
        repository.git("branch", "side");
        String second = repository.commit(Map.of("a", "2"));
        assertThat(fetch(repository.spec()).commit()).isEqualTo(second);
        assertThat(fetch(repository.spec("v1", RefType.TAG)).commit()).isEqualTo(first);
        assertThat(fetch(repository.spec("side", RefType.BRANCH)).commit()).isEqualTo(first);
        assertThat(fetch(repository.spec("v1", RefType.ANY)).commit()).isEqualTo(first);
        assertThat(fetch(repository.spec("main", RefType.ANY)).commit()).isEqualTo(second);
        assertThat(fetch(repository.spec(first, RefType.ANY)).commit()).isEqualTo(first);
        assertThat(fetch(repository.spec(first.substring(0, 9), RefType.ANY)).commit())
                .isEqualTo(first);
    }

    @Test
    void takesTheCommitOfTheFirstTaskThoughTheBranchMoved() throws IOException {
        SourceRepository repository = SourceRepository.of(directory, "sample", Map.of("a", "1"));
        String first = repository.git("rev-parse", "HEAD").trim();
        repository.commit(Map.of("a", "2"));
        GitSource source = fetch(new SourceSpec(repository.url(), "main", RefType.BRANCH, first));
        assertThat(source.commit()).isEqualTo(first);
        assertThat(source.text("a")).isEqualTo("1");
    }

    @Test
    void listsFilesWhateverTheirNames() throws IOException {
        SourceRepository repository = SourceRepository.of(directory, "sample.git", Map.of("a b/ä\n\"c", "1", "d", "2"));
        GitSource source = fetch(repository.spec());
        assertThat(source.files()).containsExactly("a b/ä\n\"c", "d");
        assertThat(source.name()).isEqualTo("sample");
    }

    @Test
    void theSameCommitGivesTheSameArchive() throws IOException {
        SourceRepository repository = SourceRepository.of(directory, "sample", Map.of("a", "1", "debian/b", "2"));
        Path one = directory.resolve("one.tar.gz");
        Path two = directory.resolve("two.tar.gz");
        fetch(repository.spec()).archive(one, "tar.gz", "sample-1/", List.of(".", ":(exclude)debian"));
        fetch(repository.spec()).archive(two, "tar.gz", "sample-1/", List.of(".", ":(exclude)debian"));
        assertThat(one).hasSameBinaryContentAs(two);
    }

    @Test
    void namesARepositoryThatIsNotThere() {
        assertRefused(
                new SourceSpec("file://" + directory + "/nothing", null, RefType.ANY, null),
                "cannot read the repository file://" + directory + "/nothing: ");
    }

    @Test
    void namesARefThatIsNotThere() {
        SourceRepository repository = SourceRepository.of(directory, "sample", Map.of("a", "1"));
        assertRefused(repository.spec("v9", RefType.TAG), "the repository " + repository.url() + " has no tag \"v9\"");
        assertRefused(
                repository.spec("side", RefType.BRANCH),
                "the repository " + repository.url() + " has no branch \"side\"");
        assertRefused(
                repository.spec(COMMIT, RefType.ANY),
                "the repository " + repository.url() + " has no commit \"" + COMMIT + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--upload-pack=touch x", "-c", "a..b", "a b", "a\nb", "HEAD@{1}", "a:b", "^a", ""})
    void refusesRefsThatAreNone(String ref) {
        SourceRepository repository = SourceRepository.of(directory, "sample", Map.of("a", "1"));
        assertRefused(repository.spec(ref, RefType.ANY), "is not the name of a branch, tag or commit");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ext::sh -c touch% x",
                "--upload-pack=x",
                "/etc",
                "git@host:path",
                "git://host/path",
                "https:///path",
                "https://-host/path",
                "https://host",
                "https://user:secret@host/path",
                "https://token@host/path",
                "ssh://-oProxyCommand=x/path",
                "file://host/path"
            })
    void refusesAddressesThatAreNoRepositories(String url) {
        assertThatThrownBy(() -> fetch(new SourceSpec(url, null, RefType.ANY, null)))
                .isInstanceOfSatisfying(JobFailure.class, failure -> {
                    assertThat(failure.diagnosis().code()).isEqualTo(Code.SOURCE_UNAVAILABLE);
                    assertThat(failure.getMessage()).doesNotContain("secret").doesNotContain("token");
                });
        assertThat(log.text()).isEmpty();
    }

    @Test
    void refusesTheWorkersOwnDiskUnlessAllowed() {
        SourceRepository repository = SourceRepository.of(directory, "sample", Map.of("a", "1"));
        assertThatThrownBy(() -> GitSource.fetch(
                        SharedEngine.bench().tools(), repository.spec(), work(), false, 1 << 20, supervision()))
                .hasMessage("this worker takes no sources from its own disk: " + repository.url());
    }

    @Test
    void stopsAtARepositoryThatIsTooLarge() throws IOException {
        byte[] noise = new byte[2 << 20];
        new Random(1).nextBytes(noise);
        SourceRepository repository = SourceRepository.of(directory, "sample", Map.of("a", "1"));
        Files.write(directory.resolve("sample/noise"), noise);
        repository.commit(Map.of());
        assertThatThrownBy(() -> GitSource.fetch(
                        SharedEngine.bench().tools(), repository.spec(), work(), true, 1 << 20, supervision()))
                .isInstanceOf(JobFailure.class)
                .hasMessageStartingWith("cannot fetch HEAD of " + repository.url());
    }

    @Test
    void runsNoHookOfTheRepository() throws IOException {
        SourceRepository repository = SourceRepository.of(directory, "sample", Map.of("a", "1"));
        Path hook = directory.resolve("sample/.git/hooks/post-checkout");
        Files.createDirectories(hook.getParent());
        Files.writeString(hook, "#!/bin/sh\ntouch " + directory + "/ran\n");
        assertThat(hook.toFile().setExecutable(true)).isTrue();
        fetch(repository.spec());
        assertThat(directory.resolve("ran")).doesNotExist();
    }

    private void assertRefused(SourceSpec spec, String message) {
        assertThatThrownBy(() -> fetch(spec))
                .isInstanceOf(JobFailure.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("\n");
    }

    private GitSource fetch(SourceSpec spec) throws IOException {
        return GitSource.fetch(SharedEngine.bench().tools(), spec, work(), true, 1 << 24, supervision());
    }

    private Path work() throws IOException {
        return Files.createTempDirectory(directory, "work");
    }

    private Supervision supervision() {
        return new Supervision(log, new Cancellation(), Deadline.after(Duration.ofMinutes(1)));
    }
}
