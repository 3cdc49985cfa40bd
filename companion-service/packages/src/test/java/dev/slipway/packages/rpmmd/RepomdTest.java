package dev.slipway.packages.rpmmd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.slipway.packages.fixtures.Command;
import dev.slipway.packages.fixtures.SampleRpms;
import dev.slipway.packages.fixtures.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepomdTest {
    private static final String HASH = "0123456789abcdef".repeat(4);

    @TempDir
    Path directory;

    @Test
    void equalsWhatCreaterepoWritesForTheSameFiles() throws IOException {
        Files.copy(SampleRpms.simple("sample", "1", "noarch"), directory.resolve("sample.rpm"));
        Command.of(
                        "createrepo_c",
                        "-q",
                        "--no-database",
                        "--revision=1700000000",
                        "--set-timestamp-to-revision",
                        directory)
                .run();
        List<Repomd.Data> files = new ArrayList<>();
        for (RpmMetadata kind : RpmMetadata.values()) {
            Path file = fileOf(kind);
            byte[] packed = Files.readAllBytes(file);
            byte[] open;
            try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
                open = in.readAllBytes();
            }
            String sha256 = Sha256.hex(packed);
            files.add(new Repomd.Data(
                    kind.type(),
                    Repomd.Data.href(sha256, kind.type() + ".xml.gz"),
                    sha256,
                    packed.length,
                    Sha256.hex(open),
                    (long) open.length,
                    1_700_000_000));
        }

        assertThat(XmlTree.lines(new String(Repomd.write("1700000000", files), StandardCharsets.UTF_8)))
                .isEqualTo(XmlTree.lines(Files.readString(directory.resolve("repodata/repomd.xml"))));
    }

    @Test
    void leavesOutWhatIsNotKnown() {
        assertThat(text(data("updateinfo", null)))
                .contains("<data type=\"updateinfo\">", "<size>5</size>")
                .doesNotContain("open-");
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "", "0123", "<script>"})
    void refusesAChecksumThatWouldMakeClientsRefuseTheRepository(String checksum) {
        assertThatIllegalArgumentException().isThrownBy(() -> data("primary", checksum));
    }

    @Test
    void refusesATypeThatIsNoType() {
        assertThatIllegalArgumentException().isThrownBy(() -> data("a b", null));
    }

    private static Repomd.Data data(String type, @Nullable String openSha256) {
        return new Repomd.Data(type, "repodata/file.xml", HASH, 5, openSha256, null, 7);
    }

    private static String text(Repomd.Data data) {
        return new String(Repomd.write("1", List.of(data)), StandardCharsets.UTF_8);
    }

    private Path fileOf(RpmMetadata kind) throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("repodata"))) {
            return files.filter(p -> p.toString().endsWith(kind.type() + ".xml.gz"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
