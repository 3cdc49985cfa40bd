package dev.slipway.server.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.repositories.Repository;
import dev.slipway.api.repositories.RepositoryChange;
import dev.slipway.api.repositories.RepositoryRequest;
import dev.slipway.packages.fixtures.Dnf;
import dev.slipway.packages.fixtures.SampleRpms;
import dev.slipway.server.blobs.BlobStore;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.Inside;
import dev.slipway.server.testing.TestResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

final class ExporterTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    private static Inside inside;
    private static Exporter exporter;
    private static long tide;
    private static long words;

    @TempDir
    Path home;

    @BeforeAll
    static void open() throws IOException {
        inside = Inside.of(companion);
        exporter = new Exporter(
                inside.transactions(), new BlobStore(companion.var().resolve("blobs")));
        tide = inside.ingest(SampleRpms.simple("tide", "1", "noarch"));
        words = inside.ingest(SampleRpms.simple("words", "1", "noarch"));
    }

    @AfterAll
    static void close() {
        inside.close();
    }

    private static Repository repository(String name) {
        TestResponse made = companion
                .admin()
                .post(
                        "/api/v1/repositories/",
                        new RepositoryRequest(
                                name, "noarch", "rpm", null, null, null, name, null, null, null, null, null, null, null,
                                null));
        assertThat(made.status()).isEqualTo(201);
        return made.as(Repository.class);
    }

    private static void change(Repository repository, List<Long> add, List<Long> remove) throws Exception {
        TestResponse changed = companion
                .admin()
                .patch("/api/v1/repositories/" + repository.id() + "/packages", RepositoryChange.of(add, remove));
        assertThat(changed.status()).isEqualTo(200);
        companion.companion().background().runNow("channels.publish");
    }

    @Test
    void dnfReadsTheTreeWithoutTheService() throws Exception {
        change(repository("plain"), List.of(tide, words), List.of());

        exporter.export("plain", home.resolve("mirror"), false);

        Dnf dnf = new Dnf(Files.createDirectory(home.resolve("client")))
                .repository("plain", home.resolve("mirror/plain").toUri().toString());
        assertThat(dnf.command("repoquery", "--all").run().text().lines())
                .containsExactlyInAnyOrder("tide-0:1-1.noarch", "words-0:1-1.noarch");
    }

    @Test
    void writesOnlyWhatChanged() throws Exception {
        change(repository("again"), List.of(tide), List.of());
        exporter.export("again", home, false);

        assertThat(exporter.export("again", home, false).written()).isZero();
    }

    @Test
    void keepsWhatFormerIndexesNamedUntilItIsToPrune() throws Exception {
        Repository repository = repository("former");
        change(repository, List.of(tide, words), List.of());
        exporter.export("former", home, false);
        change(repository, List.of(), List.of(words));
        Path former = home.resolve("former/Packages/w/words-1-1.noarch.rpm");

        exporter.export("former", home, false);
        assertThat(former).exists();
        exporter.export("former", home, true);
        assertThat(former).doesNotExist();
        assertThat(home.resolve("former/Packages/t/tide-1-1.noarch.rpm")).exists();
    }

    @Test
    void linksTheStoredBytesInsteadOfCopyingThem() throws Exception {
        change(repository("links"), List.of(tide), List.of());

        exporter.export("links", companion.var().resolve("mirror"), false);

        assertThat((Integer) Files.getAttribute(
                        companion.var().resolve("mirror/links/Packages/t/tide-1-1.noarch.rpm"), "unix:nlink"))
                .isGreaterThan(1);
    }

    @Test
    void saysThatAChannelIsUnknown() {
        assertThatThrownBy(() -> exporter.export("nowhere", home, false))
                .hasMessage("no channel nowhere shows anything");
    }

    @Test
    void listsTheChannels() throws Exception {
        change(repository("listed"), List.of(tide), List.of());

        assertThat(exporter.channels()).contains("listed");
    }
}
