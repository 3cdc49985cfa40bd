package dev.slipway.server.publications;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.packages.buckets.Compression;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * All that decides the bytes of a publication beside its packages. Kept as JSON, whose text takes part in the hash.
 *
 * @param compression {@code gzip} or {@code zstd}
 * @param time stands in the metadata; that of the repository's version or of the content set, so that the same content
 *     gives the same bytes
 * @param debian of a Debian publication, else null
 * @param nonce makes an equal publication another one; null normally
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PublicationOptions(
        String compression,
        Instant time,
        @Nullable Debian debian,
        @Nullable String nonce) {

    /** The compression that every client reads. */
    public static final String GZIP = "gzip";

    /** Smaller and faster; clients of before about 2022 cannot read it. */
    public static final String ZSTD = "zstd";

    /**
     * What a Debian suite says of itself.
     *
     * @param architectures without {@code source} and {@code all}
     */
    public record Debian(String suite, String component, List<String> architectures, String origin, String label) {}

    /** Which compression it is. */
    Compression packing() {
        return Compression.valueOf(compression.toUpperCase(Locale.ROOT));
    }
}
