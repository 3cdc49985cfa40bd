package dev.slipway.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Files for secrets. */
final class PrivateFile {
    private PrivateFile() {}

    /** Makes an empty file that its owner alone can read; there must be none of that name. */
    static void create(Path file) throws IOException {
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException e) {
            throw new CliException(ExitCode.LOCAL, file + " exists already; choose another name");
        }
    }
}
