package dev.slipway.worker.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.packages.fixtures.Gpg;
import dev.slipway.packages.fixtures.SampleDebs;
import dev.slipway.worker.jobs.BuildResult;
import dev.slipway.worker.jobs.Outcome;
import dev.slipway.worker.jobs.TestJob.TestedPackage;
import dev.slipway.worker.jobs.TestResult;
import dev.slipway.worker.testkit.EngineFixture;
import dev.slipway.worker.testkit.LocalRepository;
import dev.slipway.worker.testkit.Platforms;
import dev.slipway.worker.testkit.Samples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Repositories that dnf and apt would accept, or pass over, if they were asked less strictly. */
@Tag("slow")
class SilentTrapsTest {
    private static final TestedPackage RPM = new TestedPackage("buoy", "1", "1.demo9", "noarch");
    private static final TestedPackage DEB = new TestedPackage("buoy", "1.0-1", null, "amd64");

    @TempDir
    Path directory;

    private final Gpg ours = new Gpg();
    private final Gpg attackers = new Gpg();
    private EngineFixture fixture;

    @BeforeEach
    void prepare() {
        fixture = new EngineFixture(directory);
        ours.generate("Ours <ours@slipway.example>", "rsa2048", "sign", "1y");
        attackers.generate("Theirs <theirs@slipway.example>", "rsa2048", "sign", "1y");
    }

    @AfterEach
    void close() {
        ours.close();
        attackers.close();
    }

    private static String armored(Gpg gpg) {
        return new String(gpg.export(), StandardCharsets.US_ASCII);
    }

    private LocalRepository rpms() {
        BuildResult built = fixture.build(
                Platforms.rpm(), "buoy", Map.of("buoy.spec", Samples.noarchSpec("buoy", "\n%files\n\n%changelog\n")));
        assertThat(built.outcome()).as(fixture.log().text()).isEqualTo(Outcome.SUCCEEDED);
        return LocalRepository.rpm(fixture.directory("rpms"), EngineFixture.paths(built));
    }

    private LocalRepository debs() {
        return LocalRepository.deb(fixture.directory("debs"), List.of(SampleDebs.simple("buoy", "1.0-1", "amd64")));
    }

    private static void sign(LocalRepository repository, Gpg gpg) throws IOException {
        Path repomd = repository.directory().resolve("repodata/repomd.xml");
        Files.write(repomd.resolveSibling("repomd.xml.asc"), gpg.detached(Files.readAllBytes(repomd)));
    }

    private static void signIndex(LocalRepository repository, Gpg gpg) throws IOException {
        Path release = repository.directory().resolve("dists/build/Release");
        Files.write(release.resolveSibling("InRelease"), gpg.clearSigned(Files.readAllBytes(release)));
    }

    private TestResult rpm(LocalRepository repository) {
        return fixture.test(Platforms.rpm(), List.of(RPM), List.of(), repository.signedBy(armored(ours)));
    }

    private TestResult deb(LocalRepository repository) {
        return fixture.test(Platforms.deb(), List.of(DEB), List.of(), repository.signedBy(armored(ours)));
    }

    /** With -y dnf would import whatever key a repository offers. */
    // acceptance case 97
    @Test
    void aRepositorySignedWithAnAttackersKeyIsRefusedThoughItOffersThatKey() throws IOException {
        try (LocalRepository repository = rpms()) {
            sign(repository, attackers);
            Files.write(repository.directory().resolve("key.asc"), attackers.export());

            assertRefused(rpm(repository), "repository build: repomd.xml GPG signature verification error");
        }
    }

    /** rpm's own check passes on a package without a signature. */
    // acceptance case 97
    @Test
    void anUnsignedPackageInASignedRepositoryIsRefused() throws IOException {
        try (LocalRepository repository = rpms()) {
            sign(repository, ours);

            assertRefused(rpm(repository), "package buoy-1-1.demo9.noarch.rpm is not signed");
        }
    }

    // acceptance case 97
    @Test
    void aRepositoryWithoutASignatureIsRefused() {
        try (LocalRepository repository = rpms()) {
            assertRefused(rpm(repository), "repository build: ");
        }
    }

    // acceptance case 97
    @Test
    void aDebianRepositorySignedWithOurKeyIsInstalledFrom() throws IOException {
        try (LocalRepository repository = debs()) {
            signIndex(repository, ours);

            assertThat(deb(repository).outcome()).as(fixture.log().text()).isEqualTo(Outcome.SUCCEEDED);
        }
    }

    @Test
    void aDebianRepositorySignedWithAnAttackersKeyIsRefused() throws IOException {
        try (LocalRepository repository = debs()) {
            signIndex(repository, attackers);

            assertRefused(
                    deb(repository),
                    "repository " + repository.url().replaceFirst("/$", "") + " is signed with the key "
                            + attackers.fingerprint().substring(24));
        }
    }

    @Test
    void aDebianRepositoryWithoutASignatureIsRefused() {
        try (LocalRepository repository = debs()) {
            assertRefused(
                    deb(repository),
                    "repository " + repository.url().replaceFirst("/$", "") + " build Release is not signed");
        }
    }

    // acceptance case 97
    @Test
    void aDebianRepositoryPastItsTimeIsRefused() throws IOException {
        try (LocalRepository repository = debs()) {
            Path release = repository.directory().resolve("dists/build/Release");
            Files.writeString(
                    release,
                    Files.readString(release).replaceFirst("(?m)^Date: .*$", "Date: Thu, 01 Oct 2020 00:00:00 UTC")
                            + "Valid-Until: Thu, 08 Oct 2020 00:00:00 UTC\n");
            signIndex(repository, ours);

            assertRefused(deb(repository), "InRelease is past the time until which it is valid");
        }
    }

    /** apt-get update ends well when a repository could not be reached, unless it is told otherwise. */
    @Test
    void aDebianRepositoryThatCannotBeReachedIsNotPassedOver() {
        LocalRepository gone = debs();
        gone.close();

        TestResult result = fixture.test(Platforms.deb(), List.of(DEB), List.of(), gone.trusted());

        assertThat(result.outcome()).isEqualTo(Outcome.ERROR);
        assertThat(result.message()).contains(gone.url());
    }

    /** Debian's loader does not look into %_libdir. */
    @Test
    void aProgramFindsItsOwnLibraryInLib64() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("sail.c", "int far(void); int main(void) { return far(); }\n");
        files.put("far.c", "int far(void) { return 0; }\n");
        files.put("sail.spec", """
                Name:           sail
                Version:        1
                Release:        1%{?dist}
                Summary:        Sample
                License:        MIT
                Source0:        sail.tar.gz
                BuildRequires:  gcc

                %description
                Sample.

                %prep
                %setup -q -n sail

                %build
                gcc -g -shared -Wl,-soname,libsail.so.1 -o libsail.so far.c
                gcc -g -o sail sail.c -L. -lsail

                %install
                install -D sail %{buildroot}%{_bindir}/sail
                install -D libsail.so %{buildroot}%{_libdir}/libsail.so.1

                %files
                %{_bindir}/sail
                %{_libdir}/libsail.so.1

                %changelog
                * Mon Nov 02 2026 Slipway <packages@slipway.example> - 1-1
                - First package
                """);
        BuildResult built = fixture.build(Platforms.rpm(), "sail", files);
        assertThat(built.outcome()).as(fixture.log().text()).isEqualTo(Outcome.SUCCEEDED);
        try (LocalRepository repository = LocalRepository.rpm(fixture.directory("rpms"), EngineFixture.paths(built))) {
            TestResult result = fixture.test(
                    Platforms.rpm(),
                    List.of(new TestedPackage("sail", "1", "1.demo9", "x86_64")),
                    List.of(),
                    repository.trusted(),
                    new dev.slipway.api.builds.TestScript(
                            "runs", "test -e /usr/lib64/libsail.so.1 && exec /usr/bin/sail"));

            assertThat(result.message()).isNull();
            assertThat(result.outcome()).as(fixture.log().text()).isEqualTo(Outcome.SUCCEEDED);
        }
    }

    private void assertRefused(TestResult result, String message) {
        assertThat(result.outcome()).as(fixture.log().text()).isNotEqualTo(Outcome.SUCCEEDED);
        assertThat(result.cases())
                .noneMatch(one -> one.name().equals("install") && one.status().equals("passed"));
        assertThat(result.message()).contains(message).doesNotContain("\n");
    }
}
