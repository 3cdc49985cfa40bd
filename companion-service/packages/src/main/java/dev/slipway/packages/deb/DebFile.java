package dev.slipway.packages.deb;

import org.jspecify.annotations.Nullable;

/**
 * One entry of a package's file list.
 *
 * @param path absolute, as installed, without a slash at the end
 * @param mode permission bits, with set-id and sticky bits
 * @param size bytes of a regular file; 0 for all else
 * @param modifiedAt seconds since 1970
 * @param link where a symbolic or hard link points, as it is written: it may leave the package; null for all else
 */
public record DebFile(
        String path,
        Type type,
        int mode,
        long size,
        long modifiedAt,
        @Nullable String link) {

    /** What kind of file it is. */
    public enum Type {
        FILE,
        DIRECTORY,
        SYMLINK,
        HARD_LINK,
        CHARACTER_DEVICE,
        BLOCK_DEVICE,
        FIFO
    }
}
