package dev.slipway.packages.rpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.slipway.packages.fixtures.Command;
import dev.slipway.packages.fixtures.SampleRpms;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RpmReaderTest {
    @Test
    void readsTheIdentityWithItsEpoch() throws IOException {
        RpmPackage read = RpmReader.read(SampleRpms.build(spec -> spec.name("fathom")
                .epoch(3)
                .version("1.2~rc1")
                .release("4^git5")
                .arch("x86_64")));

        assertThat(read.nevra()).isEqualTo(new Nevra("fathom", 3, "1.2~rc1", "4^git5", "x86_64"));
        assertThat(read.nevra()).hasToString("fathom-3:1.2~rc1-4^git5.x86_64");
    }

    @Test
    void tellsNoEpochFromZero() throws IOException {
        assertThat(RpmReader.read(SampleRpms.simple("none", "1", "noarch"))
                        .nevra()
                        .epoch())
                .isNull();
        assertThat(RpmReader.read(SampleRpms.build(spec -> spec.name("zero").epoch(0)))
                        .nevra()
                        .epoch())
                .isZero();
    }

    @Test
    void callsASourcePackageSrcWhateverMadeIt() throws IOException {
        Nevra nevra = RpmReader.read(SampleRpms.build(
                        spec -> spec.name("src").source().arch("x86_64").file("/etc/a", "a")))
                .nevra();

        assertThat(nevra.arch()).isEqualTo("src");
        assertThat(nevra.isSource()).isTrue();
    }

    @Test
    void callsASourcePackageWithoutASourceNosrc() throws IOException {
        Path rpm = SampleRpms.build(spec ->
                spec.name("nosrc").source().arch("x86_64").file("/etc/a", "a").tag("NoSource", "0"));

        assertThat(RpmReader.read(rpm).nevra().arch()).isEqualTo("nosrc");
    }

    @ParameterizedTest
    @CsvSource({"w9.gzdio,gzip,9", "w2.xzdio,xz,2", "w3.zstdio,zstd,3", "w9.bzdio,bzip2,9", "w2.lzdio,lzma,2"})
    void readsPayloadsOfEveryCompressor(String macro, String compressor, String flags) throws IOException {
        Path rpm = SampleRpms.build(spec -> spec.name("packed")
                .macro("_binary_payload", macro)
                .file("/usr/share/packed/data", "soundings\n".repeat(10_000)));

        RpmPayload payload = RpmReader.read(rpm).payload();

        assertThat(payload.compressor()).isEqualTo(compressor);
        assertThat(payload.flags()).isEqualTo(flags);
    }

    @Test
    void readsAPayloadThatIsNotCompressed() throws IOException {
        Path rpm = SampleRpms.build(spec ->
                spec.name("plain").macro("_binary_payload", "w.ufdio").file("/usr/share/plain/data", "soundings\n"));

        assertThat(RpmReader.read(rpm).payload().compressor()).isEqualTo("none");
    }

    @Test
    void readsFilesWithTheirTypes() throws IOException {
        Path rpm = SampleRpms.build(spec -> spec.name("files")
                .file("/usr/share/files/a", "twelve bytes")
                .symlink("/usr/share/files/link", "a")
                .directory("/usr/share/files/dir")
                .install("touch %{buildroot}/usr/share/files/ghost")
                .listed("%ghost", "/usr/share/files/ghost")
                .hardLink("/usr/share/files/twin", "/usr/share/files/a"));

        List<RpmFile> files = RpmReader.read(rpm).files();

        assertThat(files)
                .containsExactly(
                        new RpmFile("/usr/share/files/a", RpmFile.Type.FILE, false, 0100644, 12, null),
                        new RpmFile(
                                "/usr/share/files/dir",
                                RpmFile.Type.DIRECTORY,
                                false,
                                0040755,
                                files.get(1).size(),
                                null),
                        new RpmFile("/usr/share/files/ghost", RpmFile.Type.FILE, true, 0100644, 0, null),
                        new RpmFile("/usr/share/files/link", RpmFile.Type.SYMLINK, false, 0120777, 1, "a"),
                        new RpmFile("/usr/share/files/twin", RpmFile.Type.FILE, false, 0100644, 12, null));
    }

    @Test
    void keepsEveryRequirementOfOneName() throws IOException {
        Path rpm = SampleRpms.build(
                spec -> spec.name("ranges").requires("foo >= 1:2-3", "foo < 5").tag("Requires(post)", "bar"));

        assertThat(RpmReader.read(rpm).dependencies(RpmDependency.Kind.REQUIRES))
                .filteredOn(dependency -> !dependency.isRpmlib())
                .extracting(RpmDependency::toString, RpmDependency::pre)
                .containsExactly(tuple("bar", true), tuple("foo >= 1:2-3", false), tuple("foo < 5", false));
    }

    @Test
    void transcodesAChangelogInLatin1() throws IOException {
        Path rpm = SampleRpms.build(spec -> spec.name("latin")
                .charset(StandardCharsets.ISO_8859_1)
                .changelog("Fri Mar 15 2024", "Zoë <packages@slipway.example> - 1.0-1", "- Größer"));

        assertThat(RpmReader.read(rpm).changelog())
                .containsExactly(
                        new RpmChangelogEntry(1710504000L, "Zoë <packages@slipway.example> - 1.0-1", "- Größer"));
    }

    @Test
    void agreesWithRpmOnWhatTheHeaderSays() throws IOException {
        Path rpm = SampleRpms.build(spec ->
                spec.name("agree").arch("aarch64").tag("Vendor", "Slipway").file("/etc/agree", "a"));

        RpmPackage read = RpmReader.read(rpm);

        String format = "%{SUMMARY}|%{LICENSE}|%{VENDOR}|%{PACKAGER}|%{URL}|%{GROUP}|%{BUILDHOST}|%{BUILDTIME}|"
                + "%{SOURCERPM}|%{SIZE}|%{ARCHIVESIZE}|%{SHA256HEADER}";
        assertThat(Command.of("rpm", "-qp", "--nosignature", "--qf", format, rpm)
                        .run()
                        .text())
                .isEqualTo(String.join(
                        "|",
                        read.about().summary(),
                        read.about().license(),
                        read.about().vendor(),
                        read.about().packager(),
                        read.about().url(),
                        read.about().group(),
                        read.about().buildHost(),
                        Long.toString(read.about().buildTime()),
                        read.about().sourceRpm(),
                        Long.toString(read.installedSize()),
                        Long.toString(read.archiveSize()),
                        read.headerSha256()));
        assertThat(Files.size(rpm)).isGreaterThan(read.headerEnd());
    }
}
