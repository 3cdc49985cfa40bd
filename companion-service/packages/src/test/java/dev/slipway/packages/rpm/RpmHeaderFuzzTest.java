package dev.slipway.packages.rpm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.packages.PackageFormatException;
import dev.slipway.packages.fixtures.SampleRpms;
import dev.slipway.packages.rpmmd.RpmFragments;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Headers that are damaged under a digest that fits them, as whoever makes a package can have them. */
class RpmHeaderFuzzTest {
    private static final RpmForge FORGE = RpmForge.of(SampleRpms.build(spec -> spec.name("fuzzed")
            .epoch(1)
            .arch("x86_64")
            .requires("foo >= 1", "bar")
            .file("/usr/share/fuzzed/a", "a")
            .symlink("/usr/share/fuzzed/link", "a")
            .changelog("Fri Mar 15 2024", "Slipway <packages@slipway.example>", "- made")));
    private static final byte[] HEADER = header();

    @Property(tries = 3000)
    void areReadOrRefused(
            @ForAll @Size(min = 1, max = 4) List<@IntRange(max = 100_000) Integer> places, @ForAll byte value)
            throws IOException {
        byte[] damaged = HEADER.clone();
        for (int place : places) {
            damaged[RpmHeader.INTRO + place % (damaged.length - RpmHeader.INTRO)] = value;
        }
        RpmPackage read;
        try {
            read = RpmReader.read(new ByteArrayInputStream(FORGE.build(damaged)));
        } catch (PackageFormatException e) {
            assertThat(e).hasMessageMatching("[^\\p{Cntrl}]{10,}");
            return;
        }
        assertThat(read.files()).allSatisfy(file -> assertThat(file.path()).startsWith("/"));
        RpmFragments fragments = RpmFragments.of(read, new RpmFragments.Served("0".repeat(64), 1, 1, "a.rpm"));
        assertThat(new String(fragments.primary(), StandardCharsets.UTF_8)).doesNotContain("\0");
    }

    private static byte[] header() {
        try {
            return RpmHeaders.read(new ByteArrayInputStream(FORGE.build()), RpmLimits.DEFAULT)
                    .main()
                    .bytes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
