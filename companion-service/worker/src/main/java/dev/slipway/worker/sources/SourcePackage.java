package dev.slipway.worker.sources;

import dev.slipway.worker.jobs.JobFailure;
import dev.slipway.worker.tools.Download;
import dev.slipway.worker.tools.Supervision;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Fetches source RPMs by their address. */
public final class SourcePackage {
    private SourcePackage() {}

    /**
     * Fetches a file into a directory.
     *
     * @param local whether file: URLs are allowed
     * @return the file, readable for all
     * @throws JobFailure in one line that names the address
     */
    public static Path fetch(String url, Path directory, boolean local, long maxBytes, Supervision supervision) {
        URI uri = SourceAddress.sourcePackage(url, local);
        Path file = directory.resolve("source.src.rpm");
        try {
            String digest = Download.fetch(uri, file, maxBytes, supervision);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
            supervision.log().line("Source: " + url + ", SHA-256 " + digest);
            return file;
        } catch (IOException e) {
            throw SourceAddress.refused("cannot fetch the source package: " + e.getMessage());
        }
    }
}
