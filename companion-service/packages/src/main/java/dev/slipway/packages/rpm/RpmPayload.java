package dev.slipway.packages.rpm;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a package's payload is stored.
 *
 * @param compressor the name as in the header ({@code gzip}, {@code xz}, {@code zstd}, {@code bzip2}, {@code lzma}, or
 *     one not known here); {@code none} when the header names none
 * @param flags the compressor's settings as in the header, for example {@code 19}
 * @param digest hexadecimal digest of the compressed payload, when the header holds one
 */
public record RpmPayload(
        String compressor, @Nullable String flags, @Nullable String digest) {
    /** Compressors that are read here. */
    public enum Compressor {
        NONE,
        GZIP,
        BZIP2,
        LZMA,
        XZ,
        ZSTD
    }

    /** The compressor, or empty when it is not one that is read here. */
    public Optional<Compressor> known() {
        return Optional.ofNullable(
                switch (compressor) {
                    case "none" -> Compressor.NONE;
                    case "gzip" -> Compressor.GZIP;
                    case "bzip2" -> Compressor.BZIP2;
                    case "lzma" -> Compressor.LZMA;
                    case "xz" -> Compressor.XZ;
                    case "zstd" -> Compressor.ZSTD;
                    default -> null;
                });
    }
}
