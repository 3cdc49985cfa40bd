package dev.slipway.packages.deb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Size and digests of one file; digests in lower-case hexadecimal digits.
 *
 * @param size in bytes
 */
public record FileDigests(long size, String md5, String sha1, String sha256) {

    /** Reads the file once. */
    public static FileDigests of(Path file) throws IOException {
        try (var in = new DigestingInputStream(Files.newInputStream(file))) {
            return in.finish();
        }
    }
}
