package dev.slipway.packages.rpmmd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.slipway.packages.fixtures.SampleKeys;
import dev.slipway.packages.fixtures.SampleRpms;
import dev.slipway.packages.openpgp.KeyNotUsableException;
import dev.slipway.packages.rpm.RpmHeaderSignature;
import dev.slipway.packages.rpm.RpmReader;
import dev.slipway.packages.rpm.RpmSignatures;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResignedFragmentsTest {
    @TempDir
    Path directory;

    @Test
    void equalThoseReadFromTheSignedPackage() throws IOException, KeyNotUsableException {
        Path unsigned = SampleRpms.build(spec -> spec.name("signed")
                .description("<time file=\"1\" build=\"2\"/><size package=\"3\"/>\" & <location href=\"x\"/>")
                .tag("Vendor", "<rpm:header-range start=\"1\" end=\"2\"/>")
                .requires("foo >= 1")
                .file("/etc/signed", "x")
                .changelog("Fri Mar 15 2024", "Slipway <packages@slipway.example>", "- <package pkgid=\"x\">"));
        Path signed = directory.resolve("signed.rpm");
        byte[] signature = SampleKeys.rsa()
                .signer(SampleKeys.at(SampleKeys.CREATED.plusSeconds(60)))
                .detached(RpmSignatures.signedRegion(unsigned));
        RpmSignatures.Spliced spliced;
        try (OutputStream out = Files.newOutputStream(signed)) {
            spliced = RpmSignatures.splice(unsigned, out, RpmHeaderSignature.of(signature));
        }
        Files.setLastModifiedTime(signed, FileTime.fromMillis(1_710_000_000_000L));
        RpmFragments before = RpmRepository.fragments(unsigned, "Packages/s/unsigned & old.rpm");

        RpmFragments after = before.resigned(
                RpmRepository.served(signed, "Packages/s/signed.rpm"), spliced.headerStart(), spliced.headerEnd());

        RpmFragments read =
                RpmFragments.of(RpmReader.read(signed), RpmRepository.served(signed, "Packages/s/signed.rpm"));
        for (RpmMetadata kind : RpmMetadata.values()) {
            assertThat(after.of(kind)).asString().isEqualTo(new String(read.of(kind), StandardCharsets.UTF_8));
            assertThat(after.of(kind)).isNotEqualTo(before.of(kind));
        }
    }

    @Test
    void areNotMadeFromFragmentsOfOthers() {
        byte[] other = "<package/>".getBytes(StandardCharsets.US_ASCII);
        RpmFragments foreign = RpmFragments.ofStored(other, other, other);
        RpmFragments.Served served = new RpmFragments.Served("0".repeat(64), 1, 1, "a.rpm");

        assertThatIllegalArgumentException().isThrownBy(() -> foreign.resigned(served, 1, 2));
    }

    @Test
    void areServedUnderAHash() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RpmFragments.Served("abc", 1, 1, "a.rpm"));
    }
}
