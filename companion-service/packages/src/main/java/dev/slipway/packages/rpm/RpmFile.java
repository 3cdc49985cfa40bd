package dev.slipway.packages.rpm;

import org.jspecify.annotations.Nullable;

/**
 * One file that a package owns, as its header names it.
 *
 * @param path absolute; a plain name in source packages
 * @param type by its mode
 * @param ghost whether the package owns the path but holds no content for it
 * @param mode type and permission bits of st_mode
 * @param size bytes
 * @param linkTarget where a symbolic link points, else null
 */
public record RpmFile(
        String path,
        Type type,
        boolean ghost,
        int mode,
        long size,
        @Nullable String linkTarget) {
    /** What a file is. */
    public enum Type {
        FILE,
        DIRECTORY,
        SYMLINK,
        /** A device, a pipe or a socket. */
        SPECIAL;

        static Type ofMode(int mode) {
            return switch (mode & 0xf000) {
                case 0x8000 -> FILE;
                case 0x4000 -> DIRECTORY;
                case 0xa000 -> SYMLINK;
                default -> SPECIAL;
            };
        }
    }
}
