package dev.slipway.packages.rpmmd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.packages.buckets.AssembledFile;
import dev.slipway.packages.buckets.BucketAssembler;
import dev.slipway.packages.buckets.BucketItem;
import dev.slipway.packages.buckets.Compression;
import dev.slipway.packages.buckets.FileBucketCache;
import dev.slipway.packages.buckets.MetadataFile;
import dev.slipway.packages.fixtures.Command;
import dev.slipway.packages.fixtures.Dnf;
import dev.slipway.packages.fixtures.RpmSpec;
import dev.slipway.packages.fixtures.SampleRpms;
import dev.slipway.packages.fixtures.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What dnf makes of the metadata. */
@Tag("slow")
class RepositoryInDnfTest {
    private static final int MANY = 2000;

    @TempDir
    Path directory;

    private Path repository;
    private Dnf dnf;

    @BeforeEach
    void makeDirectories() throws IOException {
        repository = Files.createDirectories(directory.resolve("repository"));
        dnf = new Dnf(directory).repository("ours", repository.toUri().toString());
    }

    @Test
    void resolvesDependenciesOfEveryForm() throws IOException {
        write(
                spec -> spec.name("app")
                        .requires("lib >= 1:2", "lib < 1:3", "/usr/share/lib/data", "(lib or other)", "cap = 3"),
                spec -> spec.name("lib")
                        .epoch(1)
                        .version("2.5")
                        .provides("cap = 3")
                        .file("/usr/share/lib/data", "x"));

        Command.Result closure = dnf.command("repoclosure").exec();

        assertThat(closure.text() + closure.stderr()).doesNotContain("unresolved");
        assertThat(closure.exit()).isZero();
    }

    @Test
    void findsADependencyThatIsMissing() throws IOException {
        write(
                spec -> spec.name("app").requires("lib >= 1:2"),
                spec -> spec.name("lib").version("2.5"));

        Command.Result closure = dnf.command("repoclosure").exec();

        assertThat(closure.exit()).isNotZero();
        assertThat(closure.text()).contains("app-1.0-1.noarch").contains("lib >= 1:2");
    }

    @Test
    void answersQueries() throws IOException {
        write(spec -> spec.name("app")
                .epoch(2)
                .requires("lib >= 1:2")
                .tag("Requires(post)", "early")
                .recommends("nice")
                .file("/usr/share/app/data", "x")
                .changelog("Fri Mar 15 2024", "Slipway <packages@slipway.example> - 1.0-1", "- made"));

        assertThat(query("--qf", "%{name} %{epoch} %{evr} %{arch} %{installsize} %{packager}"))
                .isEqualTo("app 2 2:1.0-1 noarch 1 Slipway <packages@slipway.example>");
        assertThat(query("--requires").lines()).containsExactlyInAnyOrder("lib >= 1:2", "early");
        assertThat(query("--requires-pre")).isEqualTo("early");
        assertThat(query("--recommends")).isEqualTo("nice");
        assertThat(query("--list")).isEqualTo("/usr/share/app/data");
        assertThat(query("--file", "/usr/share/app/data")).contains("app-2:1.0-1.noarch");
        assertThat(query("--changelogs")).contains("- made");
    }

    @Test
    void downloadsWithDependencies() throws IOException {
        write(
                spec -> spec.name("app").requires("lib").file("/usr/share/app/data", "of app"),
                spec -> spec.name("lib").file("/usr/share/lib/data", "of lib"));
        Path target = Files.createDirectories(directory.resolve("downloaded"));

        dnf.command("download", "--resolve", "--destdir", target, "app").run();

        assertThat(target.resolve("app-1.0-1.noarch.rpm")).exists();
        assertThat(target.resolve("lib-1.0-1.noarch.rpm")).exists();
    }

    @ParameterizedTest
    @EnumSource
    void readsFilesOfManyMembers(Compression compression) throws IOException {
        RpmFragments model = RpmRepository.fragments(
                SampleRpms.build(spec -> spec.name("model").file("/usr/share/model/data", "x")), "model.rpm");
        List<BucketItem> items = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            items.add(new BucketItem(Sha256.hex(Integer.toString(i).getBytes(UTF_8)), i));
        }
        BucketAssembler assembler =
                new BucketAssembler(new FileBucketCache(directory.resolve("buckets"), Clock.systemUTC()));
        Files.createDirectories(repository.resolve("repodata"));
        List<Repomd.Data> files = new ArrayList<>();
        for (RpmMetadata kind : RpmMetadata.values()) {
            String name = "repodata/" + kind.type() + ".xml." + compression.suffix();
            try (OutputStream out = Files.newOutputStream(repository.resolve(name))) {
                MetadataFile file = new MetadataFile(
                        kind.type(),
                        compression,
                        kind.head(MANY),
                        items,
                        (ids, to) -> {
                            for (long id : ids) {
                                to.write(renamed(
                                        model.of(kind), id, items.get((int) id).sha256()));
                            }
                        },
                        kind.tail());
                AssembledFile written = assembler.assemble(file, out, true);
                assertThat(written.buckets()).isGreaterThan(3);
                files.add(new Repomd.Data(
                        kind.type(),
                        name,
                        written.sha256(),
                        written.size(),
                        written.rawSha256(),
                        written.rawSize(),
                        1));
            }
        }
        Files.write(repository.resolve("repodata/repomd.xml"), Repomd.write("1", files));

        assertThat(query("--qf", "%{name}").lines().distinct()).hasSize(MANY);
        assertThat(query("--file", "/usr/share/model-1999/data")).isEqualTo("model-1999-0:1.0-1.noarch");
    }

    private static byte[] renamed(byte[] fragment, long id, String sha256) {
        return new String(fragment, UTF_8)
                .replaceAll("[0-9a-f]{64}", sha256)
                .replace("model", "model-" + id)
                .getBytes(UTF_8);
    }

    private String query(Object... arguments) {
        return dnf.command("repoquery").and(arguments).run().text().strip();
    }

    @SafeVarargs
    private void write(Consumer<RpmSpec>... specs) throws IOException {
        List<Path> rpms = new ArrayList<>();
        for (Consumer<RpmSpec> spec : specs) {
            Path rpm = SampleRpms.build(spec);
            rpms.add(Files.copy(rpm, repository.resolve(rpm.getFileName().toString())));
        }
        RpmRepository.write(repository, rpms);
    }
}
