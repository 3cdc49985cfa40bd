package dev.slipway.server.signing;

import dev.slipway.server.database.Row;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Bytes to sign, as stored.
 *
 * @param sha256 of exactly these bytes
 * @param packageId of an RPM's header: the unsigned form of the package
 * @param artifactId of a build's file to clear-sign
 * @param signaturePath of a publication's file: where its signature is to be
 */
record Payload(
        long id,
        long taskId,
        PayloadKind kind,
        String name,
        String blobSha256,
        long rangeStart,
        long rangeEnd,
        String sha256,
        @Nullable Long packageId,
        @Nullable Long artifactId,
        @Nullable String signaturePath,
        boolean signed) {

    static final String COLUMNS = """
            sp.id, sp.task_id, sp.kind, sp.name, sp.blob_sha256, sp.range_start, sp.range_end, sp.sha256, sp.package_id,
            sp.artifact_id, sp.signature_path, sp.signature is not null as signed""";

    static Payload read(Row row) throws SQLException {
        return new Payload(
                row.number("id"),
                row.number("task_id"),
                PayloadKind.of(row.text("kind")),
                row.text("name"),
                row.text("blob_sha256"),
                row.number("range_start"),
                row.number("range_end"),
                row.text("sha256"),
                row.numberOrNull("package_id"),
                row.numberOrNull("artifact_id"),
                row.textOrNull("signature_path"),
                row.flag("signed"));
    }

    long size() {
        return rangeEnd - rangeStart;
    }

    /** The bytes, read from the file that holds the blob. */
    InputStream open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            channel.position(rangeStart);
            return new BoundedStream(Channels.newInputStream(channel), size());
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }
}
