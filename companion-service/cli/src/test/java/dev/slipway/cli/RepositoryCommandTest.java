package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.packages.fixtures.SampleRpms;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.Farm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class RepositoryCommandTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    @TempDir
    Path directory;

    private final Cli cli = Cli.admin(companion);
    private final String name = Farm.unique("tools");

    @BeforeEach
    void make() {
        companion
                .admin()
                .post("/api/v1/repositories/", Map.of("name", name, "arch", "noarch", "type", "rpm", "channel", name));
    }

    private String blobs() {
        return companion.value("select count(*) from named_blob");
    }

    @Test
    void packagesThatWereBuiltElsewhereAreTakenIn() {
        Path rpm = SampleRpms.simple(name, "1", "noarch");

        Cli.Ran ran = cli.run("repository", "upload", name, rpm.toString());

        assertThat(ran.exit()).as(ran.toString()).isZero();
        assertThat(ran.out()).contains(name + " is at version 2");
    }

    @Test
    void whatIsNoPackageIsRefusedAndTheUploadIsTakenBack() throws IOException {
        Path file = Files.writeString(directory.resolve("a-1-1.noarch.rpm"), "no package");
        String before = blobs();

        Cli.Ran ran = cli.run("repository", "upload", name, file.toString());

        assertThat(ran.exit()).isEqualTo(5);
        assertThat(ran.complaint()).contains("a-1-1.noarch.rpm");
        assertThat(cli.run("repository", "list", "--name", name, "--json")
                        .json()
                        .get(0)
                        .path("version")
                        .asInt())
                .isEqualTo(1);
        assertThat(blobs()).isEqualTo(before);
    }

    @Test
    void anUnknownRepositoryIsNamed() {
        Cli.Ran ran = cli.run(
                "repository",
                "upload",
                "no-such",
                SampleRpms.simple(name, "1", "noarch").toString());

        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.complaint()).contains("no-such");
    }

    @Test
    void theListCanBeNarrowed() {
        assertThat(cli.run("repository", "list", "--name", name).out().lines()).hasSize(2);
    }

    @Test
    void aChannelIsExportedAsAPlainTree() throws IOException {
        Path rpm = SampleRpms.simple(name, "1", "noarch");
        cli.run("repository", "upload", name, rpm.toString());
        await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> companion.value(
                                "select p.version from channel c join publication p on p.id = c.publication_id where c.path = '"
                                        + name + "'"),
                        "2"::equals);
        Path url = Files.writeString(directory.resolve("url"), companion.databaseUrl());

        Cli.Ran ran = Cli.plain(
                "export",
                "--var",
                companion.var().toString(),
                "--database-url-file",
                url.toString(),
                "--to",
                directory.resolve("mirror").toString(),
                name);

        assertThat(ran.exit()).as(ran.toString()).isZero();
        assertThat(directory.resolve("mirror").resolve(name).resolve("repodata/repomd.xml"))
                .exists();
    }
}
