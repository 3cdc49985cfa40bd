package dev.slipway.packages.rpm;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.packages.PackageFormatException;
import dev.slipway.packages.fixtures.SampleRpms;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A good package, to be damaged or forged, and what the reader then says. */
final class Refusals {
    static final Path SAMPLE = SampleRpms.build(spec -> spec.name("whole")
            .arch("x86_64")
            .file("/usr/share/whole/data", "soundings\n".repeat(1000))
            .requires("foo >= 1")
            .changelog("Fri Mar 15 2024", "Slipway <packages@slipway.example>", "- made"));

    private Refusals() {}

    /** Why a file is refused; null when it is not. */
    static PackageFormatException refusal(byte[] file) {
        return refusal(file, RpmLimits.DEFAULT);
    }

    static PackageFormatException refusal(byte[] file, RpmLimits limits) {
        return catchThrowableOfType(
                PackageFormatException.class, () -> RpmReader.read(new ByteArrayInputStream(file), limits));
    }

    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RpmPackage headers(Path file) {
        return headers(bytes(file));
    }

    static RpmPackage headers(byte[] file) {
        try {
            return RpmReader.readHeaders(new ByteArrayInputStream(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
