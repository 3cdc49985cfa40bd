package dev.slipway.server.channels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.repositories.Repository;
import dev.slipway.api.repositories.RepositoryChange;
import dev.slipway.api.repositories.RepositoryChange.UploadedFile;
import dev.slipway.api.repositories.RepositoryRequest;
import dev.slipway.packages.fixtures.SampleDebs;
import dev.slipway.packages.fixtures.SampleRpms;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.TestResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Packages that were built elsewhere, on their way into hosted repositories. */
final class UploadedPackagesTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    private static final String NONE = "0".repeat(64);

    private static Repository repository(String name, String type, String arch) {
        TestResponse made = companion
                .admin()
                .post(
                        "/api/v1/repositories/",
                        new RepositoryRequest(
                                name, arch, type, null, null, null, name, null, null, null, null, null, null, null,
                                null));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return made.as(Repository.class);
    }

    private static UploadedFile upload(String name, byte[] bytes) {
        TestResponse stored = companion.admin().putBytes("/api/v1/blobs/upload", bytes);
        return new UploadedFile(name, stored.json().get("sha256").asText());
    }

    private static UploadedFile upload(Path file) throws IOException {
        return upload(file.getFileName().toString(), Files.readAllBytes(file));
    }

    private static TestResponse change(Repository repository, UploadedFile... files) {
        return companion
                .admin()
                .patch(
                        "/api/v1/repositories/" + repository.id() + "/packages",
                        new RepositoryChange(null, Arrays.asList(files), null, null));
    }

    private static void assertRefused(TestResponse answer, String code) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(422);
        assertThat(answer.json().get("code").asText()).isEqualTo(code);
    }

    @Test
    void anUploadedRpmIsInTheNextVersion() throws IOException {
        Repository repository = repository("tools", "rpm", "noarch");

        TestResponse answer = change(repository, upload(SampleRpms.simple("buoy", "1", "noarch")));

        assertThat(answer.as(Repository.class).packageCount()).isEqualTo(1);
        assertThat(answer.as(Repository.class).version()).isEqualTo(2);
    }

    @Test
    void anUploadedDebianSourceComesWithTheFilesItNames() throws IOException {
        Repository repository = repository("sources", "deb", "amd64");
        List<UploadedFile> files = new ArrayList<>();
        try (Stream<Path> beside =
                Files.list(SampleDebs.source("buoysource", "1.0-1").getParent())) {
            for (Path file : beside.sorted().toList()) {
                files.add(upload(file));
            }
        }

        TestResponse answer = change(repository, files.toArray(UploadedFile[]::new));

        assertThat(answer.as(Repository.class).packageCount()).isEqualTo(1);
    }

    @Test
    void aDebianSourceWithoutTheFilesItNamesIsRefused() throws IOException {
        Repository repository = repository("partial", "deb", "amd64");

        assertRefused(change(repository, upload(SampleDebs.source("buoyalone", "1.0-1"))), "MISSING_FILE");
    }

    @Test
    void whatIsNoPackageIsRefusedAndNothingChanges() {
        Repository repository = repository("nonsense", "rpm", "noarch");

        assertRefused(change(repository, upload("a-1-1.noarch.rpm", "no package".getBytes())), "NOT_A_PACKAGE");
        assertThat(companion
                        .admin()
                        .get("/api/v1/repositories/" + repository.id() + "/")
                        .as(Repository.class)
                        .version())
                .isEqualTo(1);
    }

    @Test
    void aTruncatedPackageIsRefused() throws IOException {
        Repository repository = repository("short", "rpm", "noarch");
        Path whole = SampleRpms.simple("shortened", "1", "noarch");
        byte[] bytes = Files.readAllBytes(whole);

        assertRefused(
                change(repository, upload(whole.getFileName().toString(), Arrays.copyOf(bytes, bytes.length - 10))),
                "TRUNCATED");
    }

    @Test
    void aNameThatIsNotThePackagesOwnIsRefused() throws IOException {
        Repository repository = repository("lies", "rpm", "noarch");
        byte[] bytes = Files.readAllBytes(SampleRpms.simple("honest", "1", "noarch"));

        assertRefused(change(repository, upload("other-1-1.noarch.rpm", bytes)), "FILE_NAME");
    }

    @Test
    void theEpochThatAptWritesIntoTheNamesOfDownloadsIsNoLie() throws IOException {
        Repository repository = repository("downloads", "deb", "amd64");
        byte[] bytes = Files.readAllBytes(SampleDebs.simple("epochal", "2:1.0-1", "all"));

        TestResponse answer = change(repository, upload("epochal_2%3a1.0-1_all.deb", bytes));

        assertThat(answer.as(Repository.class).packageCount()).isEqualTo(1);
    }

    @Test
    void aFileThatWasNotUploadedIsNamed() {
        Repository repository = repository("missing", "rpm", "noarch");

        TestResponse answer = change(repository, new UploadedFile("gone-1-1.noarch.rpm", NONE));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().get("detail").asText()).contains("gone-1-1.noarch.rpm");
    }

    @Test
    void aPackageOfTheOtherKindIsRefused() throws IOException {
        Repository repository = repository("rpmonly", "rpm", "noarch");

        assertThat(change(repository, upload(SampleDebs.simple("stranger", "1.0-1", "all")))
                        .status())
                .isEqualTo(422);
    }
}
