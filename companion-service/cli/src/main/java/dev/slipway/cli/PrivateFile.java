package dev.slipway.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Files for secrets: their owner alone can read them, from the moment they exist. */
public final class PrivateFile {
    private PrivateFile() {}

    /** Makes an empty file; there must be none of that name. */
    static void create(Path file) throws IOException {
        try {
            make(file);
        } catch (FileAlreadyExistsException e) {
            throw new CliException(ExitCode.LOCAL, file + " exists already; choose another name");
        }
    }

    /** Writes a file anew, in place of the one of that name. */
    public static void replace(Path file, byte[] content) throws IOException {
        Files.deleteIfExists(file);
        make(file);
        Files.write(file, content);
    }

    /** As {@link #replace(Path, byte[])}, in UTF-8. */
    public static void replace(Path file, String content) throws IOException {
        replace(file, content.getBytes(StandardCharsets.UTF_8));
    }

    private static void make(Path file) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
}
