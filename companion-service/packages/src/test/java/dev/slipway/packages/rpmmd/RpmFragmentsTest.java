package dev.slipway.packages.rpmmd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.packages.fixtures.Command;
import dev.slipway.packages.fixtures.RpmSpec;
import dev.slipway.packages.fixtures.SampleRpms;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares with what createrepo_c writes for the same package, element by element. */
class RpmFragmentsTest {
    private static final String PACKAGER = "Slipway <packages@slipway.example>";

    @TempDir
    Path directory;

    static Stream<Named<Consumer<RpmSpec>>> packages() {
        return Stream.of(
                sample("an empty one", spec -> spec.name("empty")),
                sample(
                        "an epoch",
                        spec -> spec.epoch(3)
                                .version("1.2~rc1")
                                .release("4^git5")
                                .arch("x86_64")),
                sample(
                        "every kind of dependency",
                        spec -> spec.requires("a", "b >= 1", "c = 2:3-4", "d < 5", "e <= 6", "f > 7")
                                .provides("virtual", "virtual = 2", "libx.so.1()(64bit)")
                                .conflicts("old < 2", "old < 2")
                                .obsoletes("ancient <= 1:3")
                                .recommends("nice >= 2")
                                .tag("Suggests", "maybe")
                                .tag("Supplements", "(base and extra)")
                                .tag("Enhances", "thing")),
                sample(
                        "rich dependencies",
                        spec -> spec.requires("(a or b)", "(c >= 2 if d)").recommends("(e with f < 3)")),
                sample(
                        "several ranges of one name",
                        spec -> spec.requires("foo >= 1", "foo < 2", "foo", "bar < 1", "bar > 2")),
                sample(
                        "requirements of scripts",
                        spec -> spec.tag("Requires(pre)", "early, foo")
                                .tag("Requires(post)", "late, foo >= 1")
                                .tag("Requires(preun)", "leaving")
                                .tag("Requires(postun)", "gone")
                                .tag("Requires(pretrans)", "before")
                                .requires("foo", "foo >= 1")
                                .section("%pre", "true")
                                .section("%post -p /sbin/ldconfig", "")),
                sample(
                        "requirements that it fulfils itself",
                        spec -> spec.provides("own = 1", "loose")
                                .requires(
                                        "own = 1",
                                        "own",
                                        "loose",
                                        "loose = 3",
                                        "/etc/own.conf",
                                        "/usr/bin/own",
                                        "/usr/share/own")
                                .requires("/etc/ghost", "/etc/other")
                                .file("/etc/own.conf", "a")
                                .file("/usr/bin/own", "#!/bin/sh\n")
                                .file("/usr/share/own", "b")
                                .install("touch %{buildroot}/etc/ghost")
                                .listed("%ghost", "/etc/ghost")),
                sample(
                        "many versions of the C library",
                        spec -> spec.requires(
                                "libc.so.6()(64bit)",
                                "libc.so.6(GLIBC_2.4)(64bit)",
                                "libc.so.6(GLIBC_2.34)(64bit)",
                                "libc.so.6(GLIBC_2.10)(64bit)",
                                "libc.so.6(GLIBC_ABI_DT_RELR)(64bit)",
                                "zlib",
                                "libc.so.6x")),
                sample(
                        "only private versions of the C library",
                        spec -> spec.requires("libc.so.6()(64bit)", "libc.so.6(GLIBC_PRIVATE)(64bit)", "libc.so.6")),
                sample(
                        "files of every type",
                        spec -> spec.file("%config(noreplace)", "/etc/some.conf", new byte[] {10})
                                .file("/usr/bin/tool", "#!/bin/sh\n")
                                .file("/opt/bin/tool", "x")
                                .file("/usr/lib/sendmail", "x")
                                .file("/usr/share/some/with space & <brackets>", "x")
                                .file("/usr/share/some/Ünïcode", "x")
                                .file("%doc", "/usr/share/doc/some/README", "read me".getBytes(StandardCharsets.UTF_8))
                                .symlink("/usr/bin/link", "../lib/sendmail")
                                .hardLink("/usr/share/some/twin", "/opt/bin/tool")
                                .directory("/etc/some.d")
                                .directory("/usr/share/some/empty")
                                .install(
                                        "touch %{buildroot}/etc/ghost %{buildroot}/var-ghost; mkdir %{buildroot}/etc/ghost.d")
                                .listed("%ghost", "/etc/ghost")
                                .listed("%ghost", "/var-ghost")
                                .listed("%ghost %dir", "/etc/ghost.d")),
                sample(
                        "a source package",
                        spec -> spec.source()
                                .arch("x86_64")
                                .file("/etc/a", "a")
                                .tag("BuildRequires", "gcc >= 4, make")),
                sample(
                        "a source package without its source",
                        spec -> spec.source().arch("x86_64").file("/etc/a", "a").tag("NoSource", "0")),
                sample(
                        "markup in texts",
                        spec -> spec.description("a < b && c > d \"quoted\" 'too'\n\n  indented\tand tabbed & Grüße 🚢")
                                .tag("Vendor", "Slip & Way <s>")),
                sample("no changelog", spec -> spec.file("/etc/a", "a")),
                sample("a changelog longer than ten, several a day", RpmFragmentsTest::longChangelog),
                sample(
                        "a changelog in UTF-8",
                        spec -> spec.changelog("Fri Mar 15 2024", "Zoë " + PACKAGER, "- Größe 🚢\n\n- two")),
                sample(
                        "a changelog in Latin-1",
                        spec -> spec.charset(StandardCharsets.ISO_8859_1)
                                .changelog("Fri Mar 15 2024", "Zoë " + PACKAGER, "- Größe")),
                sample(
                        "zstd",
                        spec -> spec.macro("_binary_payload", "w3.zstdio").file("/etc/a", "a")),
                sample("xz", spec -> spec.macro("_binary_payload", "w2.xzdio").file("/etc/a", "a")),
                sample(
                        "bzip2",
                        spec -> spec.macro("_binary_payload", "w9.bzdio").file("/etc/a", "a")),
                sample("another architecture", spec -> spec.arch("aarch64").file("/etc/a", "a")));
    }

    @ParameterizedTest
    @MethodSource("packages")
    void equalWhatCreaterepoWrites(Consumer<RpmSpec> how) throws IOException {
        Path rpm = Files.copy(SampleRpms.build(how), directory.resolve("sample.rpm"));
        Command.of("createrepo_c", "-q", "--no-database", directory).run();

        List<RpmFragments> ours = List.of(RpmRepository.fragments(rpm, "sample.rpm"));

        for (RpmMetadata kind : RpmMetadata.values()) {
            assertThat(XmlTree.lines(RpmRepository.whole(kind, ours)))
                    .as(kind.type())
                    .isEqualTo(XmlTree.lines(createrepos(kind)));
        }
    }

    private String createrepos(RpmMetadata kind) throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("repodata"))) {
            Path file = files.filter(p -> p.toString().endsWith(kind.type() + ".xml.gz"))
                    .findFirst()
                    .orElseThrow();
            try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }

    private static void longChangelog(RpmSpec spec) {
        String[] days = {"Fri Mar 15 2024", "Thu Mar 14 2024", "Thu Mar 14 2024", "Thu Mar 14 2024", "Wed Mar 13 2024"};
        for (int i = 20; i > 0; i--) {
            String day = i > 15 ? days[20 - i] : i > 9 ? "Tue Mar 12 2024" : "Mon Mar 11 2024";
            spec.changelog(day, PACKAGER + " - 1.0-" + i, "- change " + i);
        }
    }

    private static Named<Consumer<RpmSpec>> sample(String name, Consumer<RpmSpec> how) {
        return Named.of(name, spec -> how.accept(spec.name("sample")));
    }
}
