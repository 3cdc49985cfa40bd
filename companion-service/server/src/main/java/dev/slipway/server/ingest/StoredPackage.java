package dev.slipway.server.ingest;

import dev.slipway.server.database.Row;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A package as stored.
 *
 * @param nevra the identity in the format's own spelling
 * @param contentDigest what signed forms of it have in common
 */
public record StoredPackage(
        long id,
        String format,
        String name,
        @Nullable Integer epoch,
        String version,
        @Nullable String release,
        String arch,
        String nevra,
        boolean isSource,
        boolean isDebug,
        String sourceName,
        String fileName,
        String sha256,
        long size,
        String contentDigest) {

    /** The columns that {@link #read} needs, of a table called {@code p}. */
    public static final String COLUMNS = """
            p.id, p.format, p.name, p.epoch, p.version, p.release, p.arch, p.nevra, p.is_source, p.is_debug, p.source_name,
            p.file_name, p.blob_sha256, p.size, p.content_digest
            """;

    public static StoredPackage read(Row row) throws SQLException {
        return new StoredPackage(
                row.number("id"),
                row.text("format"),
                row.text("name"),
                row.integerOrNull("epoch"),
                row.text("version"),
                row.textOrNull("release"),
                row.text("arch"),
                row.text("nevra"),
                row.flag("is_source"),
                row.flag("is_debug"),
                row.text("source_name"),
                row.text("file_name"),
                row.text("blob_sha256"),
                row.number("size"),
                row.text("content_digest"));
    }

    /** Whether it is for every architecture. */
    public boolean isIndependent() {
        return arch.equals("noarch") || arch.equals("all");
    }
}
