package dev.slipway.packages.deb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.slipway.packages.deb.DebPackage.RelationField;
import dev.slipway.packages.fixtures.Command;
import dev.slipway.packages.fixtures.SampleDebs;
import dev.slipway.packages.fixtures.Sha256;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What dpkg-deb builds is read as dpkg-deb reads it. */
class DebReaderTest {

    @Test
    void readsIdentityAndDescription() throws Exception {
        var deb = read(SampleDebs.build(spec -> spec.name("fathom")
                .version("1:2.1~rc1-3+b1")
                .arch("amd64")
                .field("Source", "fathom-src (1:2.1~rc1-3)")
                .field("Installed-Size", "42")
                .field("Description", "measures depth\n In three lines\n .\n and an empty one.")));

        assertThat(deb.identity()).isEqualTo("fathom_1:2.1~rc1-3+b1_amd64");
        assertThat(deb.fileName()).isEqualTo("fathom_2.1~rc1-3+b1_amd64.deb");
        assertThat(deb.version().epoch()).isEqualTo(1);
        assertThat(deb.sourceName()).isEqualTo("fathom-src");
        assertThat(deb.sourceVersion().text()).isEqualTo("1:2.1~rc1-3");
        assertThat(deb.summary()).isEqualTo("measures depth");
        assertThat(deb.installedSize()).hasValue(42);
    }

    @Test
    void theSourceIsThePackageItselfWhenNoneIsNamed() throws Exception {
        var deb = read(SampleDebs.simple("fathom", "2.1-1", "all"));

        assertThat(deb.sourceName()).isEqualTo("fathom");
        assertThat(deb.sourceVersion().text()).isEqualTo("2.1-1");
    }

    @Test
    void keepsAllFieldsInTheirOrder() throws Exception {
        var file = SampleDebs.build(spec -> spec.field("X-Odd", "kept").field("Section", "utils"));

        var expected = Command.of("dpkg-deb", "--field", file).run().text();

        assertThat(read(file).control().text()).isEqualTo(expected);
    }

    @Test
    void readsRelationsOfEveryField() throws Exception {
        var deb = read(SampleDebs.build(spec ->
                spec.depends("libfathom1 (>= 2), python3:any | perl (<< 6~)").field("Provides", "sounder (= 3)")));

        assertThat(deb.relations(RelationField.DEPENDS))
                .extracting(Relation::toString)
                .containsExactly("libfathom1 (>= 2)", "python3:any | perl (<< 6~)");
        assertThat(deb.relations(RelationField.PROVIDES)).hasSize(1);
        assertThat(deb.relations(RelationField.BREAKS)).isEmpty();
    }

    @Test
    void listsFilesWithTypesModesAndLinks() throws Exception {
        var deb = read(SampleDebs.build(spec -> spec.file("/usr/bin/fathom", "#!/bin/sh\n")
                .file("/etc/fathom.conf", "depth=1\n")
                .member("conffiles", "/etc/fathom.conf\n")
                .symlink("/usr/bin/sound", "fathom")
                .symlink("/usr/share/outside", "../../../etc/shadow")));

        assertThat(deb.files())
                .filteredOn(f -> f.type() != DebFile.Type.DIRECTORY)
                .extracting(DebFile::path, DebFile::type, DebFile::mode, DebFile::size, DebFile::link)
                .containsExactlyInAnyOrder(
                        tuple("/usr/bin/fathom", DebFile.Type.FILE, 0755, 10L, null),
                        tuple("/etc/fathom.conf", DebFile.Type.FILE, 0644, 8L, null),
                        tuple("/usr/bin/sound", DebFile.Type.SYMLINK, 0777, 0L, "fathom"),
                        tuple("/usr/share/outside", DebFile.Type.SYMLINK, 0777, 0L, "../../../etc/shadow"));
        assertThat(deb.conffiles()).containsExactly("/etc/fathom.conf");
    }

    @Test
    void listsVeryLongNames() throws Exception {
        var path = "/usr/share/" + "long-directory-name/".repeat(12) + "x".repeat(150);

        assertThat(read(SampleDebs.build(spec -> spec.file(path, "x"))).files())
                .extracting(DebFile::path)
                .contains(path);
    }

    @Test
    void namesMaintainerScripts() throws Exception {
        var deb = read(
                SampleDebs.build(spec -> spec.member("postinst", "#!/bin/sh\n").member("triggers", "")));

        assertThat(deb.maintainerScripts()).containsExactly("postinst");
        assertThat(deb.controlMembers()).containsExactlyInAnyOrder("control", "postinst", "triggers");
    }

    @Test
    void computesSizeAndDigestsOfTheFile() throws Exception {
        var file = SampleDebs.simple("fathom", "2.1-1", "all");

        var digests = read(file).digests();

        assertThat(digests.size()).isEqualTo(Files.size(file));
        assertThat(digests.sha256()).isEqualTo(Sha256.hex(Files.readAllBytes(file)));
        assertThat(Command.of("md5sum", file).run().text()).startsWith(digests.md5());
        assertThat(Command.of("sha1sum", file).run().text()).startsWith(digests.sha1());
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "xz", "zstd", "none"})
    void readsEveryCompressionOfDpkg(String compression) throws Exception {
        var file = SampleDebs.build(spec -> spec.compression(compression).file("/usr/share/a", "a".repeat(100_000)));

        assertThat(read(file).files()).extracting(DebFile::path).contains("/usr/share/a");
    }

    @Test
    void readsBzip2Members() throws Exception {
        var packed = Command.of("bzip2")
                .input(RawTar.of().file("./a", "x").bytes())
                .run()
                .stdout();
        var file = new RawDeb().data(".bz2", packed).write();

        assertThat(read(file).files()).extracting(DebFile::path).containsExactly("/a");
    }

    @Test
    void passesOverSignatureMembers() throws Exception {
        var file = new RawDeb()
                .before("_between", new byte[] {1, 2, 3})
                .after("_gpgorigin", new byte[] {1, 2, 3})
                .write();

        assertThat(read(file).name()).isEqualTo("raw");
    }

    @Test
    void tellsDebugSymbolsByName() throws Exception {
        assertThat(read(SampleDebs.simple("fathom-dbgsym", "2.1-1", "amd64")).isDebug())
                .isTrue();
        assertThat(read(SampleDebs.simple("fathom", "2.1-1", "amd64")).isDebug())
                .isFalse();
    }

    private static DebPackage read(Path file) throws Exception {
        return DebReader.read(file);
    }
}
