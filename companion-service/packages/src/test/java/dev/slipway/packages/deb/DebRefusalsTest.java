package dev.slipway.packages.deb;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.packages.PackageFormatException;
import dev.slipway.packages.PackageFormatException.Reason;
import dev.slipway.packages.fixtures.Command;
import dev.slipway.packages.fixtures.SampleDebs;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are no packages, and packages that lie or mean harm. */
class DebRefusalsTest {

    private static final DebLimits SMALL = new DebLimits(1000, 100_000, 50, 2000, 2L << 30, 200);

    @Test
    void theRawPackageItselfIsFine() throws Exception {
        assertThat(DebReader.read(new RawDeb().write()).identity()).isEqualTo("raw_1_all");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "!<arch>\n"})
    void refusesWhatIsNoPackage(String content) {
        refused(content.getBytes(US_ASCII), Reason.NOT_A_PACKAGE, "not a Debian package");
    }

    @Test
    void refusesAnotherArArchive() {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes("!<arch>\n".getBytes(US_ASCII));
        bytes.writeBytes(RawDeb.member("libx.o", new byte[4]));

        refused(bytes.toByteArray(), Reason.NOT_A_PACKAGE, "its first member is not 'debian-binary'");
    }

    @Test
    void refusesAnUnknownFormat() {
        refused(new RawDeb().format("3.0\n"), Reason.UNSUPPORTED, "has format '3.0'");
    }

    @Property(tries = 200)
    void refusesAPackageCutOffAnywhere(@ForAll @IntRange(min = 0, max = 100_000) int at) throws Exception {
        var bytes = Files.readAllBytes(
                SampleDebs.build(spec -> spec.compression("xz").file("/a", "x".repeat(5000))));
        var cut = Arrays.copyOf(bytes, at % (bytes.length - 1));

        assertThatThrownBy(() -> DebReader.read(RawDeb.write(cut))).isInstanceOf(PackageFormatException.class);
    }

    @Property(tries = 300)
    void damagedBytesGiveAPackageOrARefusalAndNothingElse(
            @ForAll @IntRange(max = 100_000) int position, @ForAll byte value) throws Exception {
        var bytes = new RawDeb().bytes();
        bytes[position % bytes.length] = value;
        try {
            assertThat(DebReader.read(RawDeb.write(bytes)).name()).isNotEmpty();
        } catch (PackageFormatException e) {
            assertThat(e.reason()).isNotNull();
        }
    }

    @ParameterizedTest
    @CsvSource({"99999999,TRUNCATED", "9999999999,TRUNCATED", "-5,MALFORMED", "abc,MALFORMED", "'',MALFORMED"})
    void refusesMembersWhoseSizeLies(String size, Reason reason) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes("!<arch>\n".getBytes(US_ASCII));
        bytes.writeBytes(RawDeb.member("debian-binary", "2.0\n".getBytes(US_ASCII)));
        bytes.writeBytes(RawDeb.member("control.tar", size, new byte[10]));

        refused(bytes.toByteArray(), reason, "");
    }

    @Test
    void refusesMembersInTheWrongPlace() {
        refused(new RawDeb().before("extra", new byte[1]), Reason.MALFORMED, "'extra' stands where 'control.tar'");
    }

    @Test
    void refusesASecondDataArchive() {
        refused(new RawDeb().after("data.tar", new byte[1]), Reason.MALFORMED, "second member 'data.tar'");
    }

    @Test
    void refusesAnUnknownPacking() {
        refused(new RawDeb().data(".rar", new byte[10]), Reason.UNSUPPORTED, "packed in an unknown way");
    }

    @ParameterizedTest
    @ValueSource(strings = {".gz", ".xz", ".zst", ".bz2"})
    void refusesDamagedCompression(String ending) {
        refused(
                new RawDeb().data(ending, "garbage, not compressed".getBytes(US_ASCII)),
                Reason.MALFORMED,
                "cannot be unpacked");
    }

    @Test
    void refusesAPackageWithoutControlFile() {
        refused(
                new RawDeb().control("", RawTar.of().file("./md5sums", "x").bytes()),
                Reason.MALFORMED,
                "no control file");
    }

    @Test
    void refusesASecondControlFile() {
        var two = RawTar.of().file("./control", RawDeb.CONTROL).file("control", RawDeb.CONTROL);

        refused(new RawDeb().control("", two.bytes()), Reason.MALFORMED, "has 'control' twice");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Version: 1\\nArchitecture: all | has no field Package",
                "Package: a b\\nVersion: 1\\nArchitecture: all | malformed package name 'a b'",
                "Package: ../a\\nVersion: 1\\nArchitecture: all | malformed package name '../a'",
                "Package: raw\\nArchitecture: all | has no field Version",
                "Package: raw\\nVersion: x1\\nArchitecture: all | does not start with a digit",
                "Package: raw\\nVersion: 1/2\\nArchitecture: all | malformed field Version",
                "Package: raw\\nVersion: 1 | has no field Architecture",
                "Package: raw\\nVersion: 1\\nArchitecture: ../x | malformed architecture",
                "Package: raw\\nVersion: 1\\nArchitecture: all\\nDepends: a (>> | malformed field Depends",
                "Package: raw\\nPackage: other\\nVersion: 1 | comes twice",
                "Package: raw\\n\\nPackage: other | holds 2 paragraphs",
                "nonsense | neither a field nor its continuation",
                "' continued\\n a' | begins with a continuation line",
                "'\\n' | holds 0 paragraphs"
            })
    void refusesAnInvalidControlFile(String control, String message) {
        refused(new RawDeb().control(control.replace("\\n", "\n") + "\n"), Reason.MALFORMED, message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil", "./a/../../evil", "..", "/etc/passwd", "./two\nlines", "./a/.."})
    void refusesNamesThatLeaveThePackageOrTheLine(String name) {
        refused(new RawDeb().data(RawTar.of().file(name, "x").bytes()), Reason.UNSAFE_PATH, "has an entry");
    }

    @Test
    void aNameEndsAtItsNul() throws Exception {
        var file =
                new RawDeb().data(RawTar.of().file("./a\0../../b", "x").bytes()).write();

        assertThat(DebReader.read(file).files()).extracting(DebFile::path).containsExactly("/a");
    }

    @Test
    void recordsLinksThatLeaveThePackage() throws Exception {
        var links = RawTar.of().link("./a", '2', "/etc/shadow").link("./b", '1', "../../x");

        assertThat(DebReader.read(new RawDeb().data(links.bytes()).write()).files())
                .extracting(DebFile::link)
                .containsExactly("/etc/shadow", "../../x");
    }

    @Test
    void refusesTarFormsThatDpkgDoesNotRead() {
        var pax = RawTar.of().entry("./PaxHeaders/a", 'x', "10", "", "12 path=b\n".getBytes(US_ASCII));

        refused(new RawDeb().data(pax.bytes()), Reason.UNSUPPORTED, "tar type 'x', which dpkg does not read");
    }

    @Test
    void refusesADamagedTarHeader() {
        var tar = RawTar.of().file("./a", "x").bytes();
        tar[110] = '7';

        refused(new RawDeb().data(tar), Reason.MALFORMED, "damaged header");
    }

    @Test
    void refusesFilesLongerThanTheirArchive() {
        var tar = RawTar.of().entry("./a", '0', "77777777777", "", new byte[10]);

        refused(new RawDeb().data(tar.bytes()), Reason.TRUNCATED, "is cut off");
    }

    @Test
    void reservesNothingForANameThatClaimsGigabytes() {
        var tar = RawTar.of().entry("././@LongLink", 'L', "77777777777", "", new byte[10]);

        refused(new RawDeb().data(tar.bytes()), Reason.TOO_LARGE, "has a name of 8589934591 bytes");
    }

    @Test
    void refusesATooLongControlFile() {
        refusedSmall(new RawDeb().control(RawDeb.CONTROL + "X: " + "x".repeat(1000) + "\n"), "'control' has");
    }

    @Test
    void refusesTooManyEntries() {
        var tar = RawTar.of();
        for (var i = 0; i < 51; i++) {
            tar.file("./" + i, "");
        }

        refusedSmall(new RawDeb().data(tar.bytes()), "more than 50 entries");
    }

    @Test
    void refusesTooManyBytesOfNames() {
        var tar = RawTar.of();
        for (var i = 0; i < 40; i++) {
            tar.file("./" + "x".repeat(90), "");
        }

        refusedSmall(new RawDeb().data(tar.bytes()), "names of more than 2000 bytes");
    }

    @Test
    void refusesAControlArchiveThatUnpacksWithoutEnd() throws Exception {
        var bomb = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bomb)) {
            gzip.write(RawTar.of()
                    .entry("./control", '0', "3641100", "", new byte[1_000_000])
                    .bytes());
        }

        refusedSmall(new RawDeb().control(".gz", bomb.toByteArray()), "");
    }

    @Test
    void refusesADataArchiveThatUnpacksToFarMoreThanItIs() {
        var bomb = Command.of("sh", "-c", "head -c 1100000000 /dev/zero | zstd -q -1 -c")
                .run()
                .stdout();

        refused(new RawDeb().data(".zst", bomb), Reason.TOO_LARGE, "unpacks to more than 1073741824 bytes");
    }

    @Test
    void refusesXzThatWantsTooMuchMemory() {
        var packed = Command.of("xz", "--lzma2=dict=512MiB", "-c")
                .input(RawTar.of().file("./a", "x").bytes())
                .run()
                .stdout();

        refused(new RawDeb().data(".xz", packed), Reason.TOO_LARGE, "needs more than 128 MiB of memory");
    }

    @Test
    void refusesProgramsForAnotherMachineThanItClaims() {
        var elf = new byte[64];
        System.arraycopy(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}, 0, elf, 0, 7);
        elf[16] = 2;
        elf[18] = 62;

        var deb = SampleDebs.build(spec -> spec.name("liar").arch("arm64").file("/usr/bin/liar", elf));

        assertThatThrownBy(() -> DebReader.read(deb))
                .isInstanceOfSatisfying(
                        PackageFormatException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.ARCHITECTURE))
                .hasMessageContaining("claims architecture arm64, but /usr/bin/liar is made for X86_64");
    }

    private static void refused(RawDeb deb, Reason reason, String message) {
        refused(deb.bytes(), reason, message);
    }

    private static void refused(byte[] bytes, Reason reason, String message) {
        assertThatThrownBy(() -> DebReader.read(RawDeb.write(bytes)))
                .isInstanceOfSatisfying(
                        PackageFormatException.class,
                        e -> assertThat(e.reason()).as(e.getMessage()).isEqualTo(reason))
                .hasMessageContaining(message);
    }

    private static void refusedSmall(RawDeb deb, String message) {
        assertThatThrownBy(() -> new DebReader(SMALL).readFile(deb.write()))
                .isInstanceOfSatisfying(
                        PackageFormatException.class,
                        e -> assertThat(e.reason()).as(e.getMessage()).isEqualTo(Reason.TOO_LARGE))
                .hasMessageContaining(message);
    }
}
