package dev.slipway.packages.debindex;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.packages.deb.Deb822Reader;
import dev.slipway.packages.deb.DebReader;
import dev.slipway.packages.deb.Dsc;
import dev.slipway.packages.deb.FileDigests;
import dev.slipway.packages.deb.Stanza;
import dev.slipway.packages.fixtures.Command;
import dev.slipway.packages.fixtures.SampleDebs;
import dev.slipway.packages.fixtures.SampleKeys;
import dev.slipway.packages.fixtures.Sha256;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our stanzas are those of apt-ftparchive, field by field and in its order, but for digests we leave out. */
class AgainstAptFtpArchiveTest {

    private static final Set<String> LEFT_OUT = Set.of("SHA1", "SHA512", "Checksums-Sha1", "Checksums-Sha512");

    @TempDir
    private Path temporary;

    @Test
    void writesThePackagesStanzaOfAPlainPackage() throws Exception {
        assertSamePackagesStanza(SampleDebs.simple("fathom", "2.1-1", "amd64"));
    }

    @Test
    void writesThePackagesStanzaOfAPackageWithEveryField() throws Exception {
        assertSamePackagesStanza(SampleDebs.build(spec -> spec.field("X-Unknown", "first")
                .name("libfathom1")
                .version("1:2.1~rc1-3")
                .arch("amd64")
                .field("Tag", "role::shared-lib")
                .field("Homepage", "https://slipway.example/fathom")
                .field("Description", "depth\n Two lines,\n .\n  and an indented one.")
                .field("Enhances", "boat")
                .field("Breaks", "sounder (<< 2)")
                .field("Conflicts", "plumb")
                .field("Suggests", "chart")
                .field("Recommends", "log-line")
                .depends("libc6 (>= 2.36), debconf (>= 0.5) | debconf-2.0,\n zlib1g")
                .field("Provides", "fathom-abi (= 2)")
                .field("Replaces", "sounder (<< 2)")
                .field("Pre-Depends", "dpkg (>= 1.17)")
                .field("Multi-Arch", "same")
                .field("Built-Using", "gcc-12 (= 12.2.0-14)")
                .field("Installed-Size", "12345")
                .field("Origin", "Slipway")
                .field("Bugs", "https://slipway.example/bugs")
                .field("Build-Ids", "0123456789abcdef")
                .field("Auto-Built-Package", "debug-symbols")
                .field("Important", "yes")
                .field("Protected", "yes")
                .field("Essential", "yes")
                .field("Priority", "optional")
                .field("Section", "libs")
                .field("Source", "fathom (2.1)")
                .field("Original-Maintainer", "Grüße <packages@slipway.example>")
                .field("Package-Type", "deb")
                .field("SHA256", "0123")));
    }

    private void assertSamePackagesStanza(Path file) throws Exception {
        var pool = Files.createDirectories(temporary.resolve("pool"));
        var copy = Files.copy(file, pool.resolve(file.getFileName()));
        var theirs =
                Command.of("apt-ftparchive", "packages", "pool").in(temporary).run();

        var ours = PackagesStanza.of(DebReader.read(copy), "pool/" + copy.getFileName());

        assertThat(fields(ours)).isEqualTo(fields(theirs.stdout()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.0-2", "1:3.0", "3.0~rc1-1+b2"})
    void writesTheSourcesStanza(String version) throws Exception {
        var dsc = SampleDebs.source("soundings", version);

        assertSameSourcesStanza(dsc);
    }

    @Test
    void writesTheSourcesStanzaOfASignedSource() throws Exception {
        var dsc = SampleDebs.source("soundings", "3.0-2");
        var signed = SampleKeys.rsa().signer(SampleKeys.at(SampleKeys.CREATED)).clearSigned(Files.readAllBytes(dsc));
        var directory = Files.createDirectories(temporary.resolve("signed"));
        try (var files = Files.list(dsc.getParent())) {
            for (var file : files.toList()) {
                Files.copy(file, directory.resolve(file.getFileName()));
            }
        }
        Files.write(directory.resolve(dsc.getFileName()), signed);

        assertSameSourcesStanza(directory.resolve(dsc.getFileName()));
    }

    private void assertSameSourcesStanza(Path dsc) throws Exception {
        var pool = Files.createDirectories(temporary.resolve("pool/main"));
        try (var files = Files.list(dsc.getParent())) {
            for (var file : files.toList()) {
                Files.copy(file, pool.resolve(file.getFileName()));
            }
        }
        var theirs =
                Command.of("apt-ftparchive", "sources", "pool").in(temporary).run();
        var bytes = Files.readAllBytes(dsc);

        var ours = SourcesStanza.of(Dsc.parse(bytes), dsc.getFileName().toString(), FileDigests.of(dsc), "pool/main");

        assertThat(fields(ours)).isEqualTo(fields(theirs.stdout()));
    }

    @Test
    void mergesContentsAsAptFtpArchiveDoes() throws Exception {
        var debs = List.of(
                SampleDebs.build(spec -> spec.name("aaa")
                        .file("/usr/bin/a", "x")
                        .file("/usr/share/doc/shared file", "x")
                        .symlink("/usr/bin/link", "a")),
                SampleDebs.build(spec ->
                        spec.name("bbb").file("/usr/share/doc/shared file", "x").file("/usr/bin/Z", "x")));
        var pool = Files.createDirectories(temporary.resolve("pool"));
        for (var deb : debs) {
            Files.copy(deb, pool.resolve(deb.getFileName()));
        }
        var theirs =
                Command.of("apt-ftparchive", "contents", "pool").in(temporary).run();

        var ours = new ByteArrayOutputStream();
        Contents.merge(
                List.of(Contents.fragment(DebReader.read(debs.get(0))), Contents.fragment(DebReader.read(debs.get(1)))),
                ours);

        assertThat(ours.toString(UTF_8)).isEqualTo(theirs.text().replaceAll("[\t ]+(?=[a-z,]+\n)", "\t"));
    }

    @Test
    void contentsNameTheSection() throws Exception {
        var deb = SampleDebs.build(
                spec -> spec.name("aaa").field("Section", "utils").file("/usr/bin/a", "x"));

        assertThat(new String(Contents.fragment(DebReader.read(deb)), UTF_8)).isEqualTo("usr/bin/a\tutils/aaa\n");
    }

    @Test
    void listsIndexesInTheReleaseFileAsAptFtpArchiveDoes() throws Exception {
        var suite = new Suite(
                "demo",
                "demo1",
                "Slipway",
                "Sample",
                "A sample.",
                List.of("main"),
                List.of("amd64"),
                false,
                false,
                true);
        var directory = Files.createDirectories(temporary.resolve("dists/demo/main/binary-amd64"));
        var index = "Package: a\n\n".getBytes(UTF_8);
        Files.write(directory.resolve("Packages"), index);
        var option = "APT::FTPArchive::Release::";
        var theirs = Command.of("apt-ftparchive", "-o", option + "Origin=Slipway", "-o", option + "Label=Sample")
                .and("-o", option + "Suite=demo", "-o", option + "Codename=demo1", "-o", option + "Components=main")
                .and("-o", option + "Architectures=amd64", "-o", option + "Description=A sample.")
                .and("-o", option + "NotAutomatic=yes", "-o", option + "ButAutomaticUpgrades=yes")
                .and("-o", option + "Acquire-By-Hash=yes", "-o", option + "ValidTime=86400")
                .and("release", temporary.resolve("dists/demo"))
                .run();
        var expected = Deb822Reader.single(theirs.stdout(), "theirs");
        var date = Instant.from(
                DateTimeFormatter.RFC_1123_DATE_TIME.parse(expected.get("Date").orElseThrow()));

        var ours = ReleaseFile.write(
                suite,
                date,
                Duration.ofDays(1),
                List.of(new IndexFile("main/binary-amd64/Packages", index.length, Sha256.hex(index), true)));

        assertThat(Deb822Reader.single(ours, "ours").fields())
                .containsExactlyInAnyOrderElementsOf(expected.fields().stream()
                        .filter(f -> !Set.of("MD5Sum", "SHA1", "SHA512").contains(f.name()))
                        .toList());
    }

    private static List<Stanza.Field> fields(byte[] index) throws Exception {
        return Deb822Reader.single(index, "index").fields().stream()
                .filter(field -> !LEFT_OUT.contains(field.name()))
                .toList();
    }
}
