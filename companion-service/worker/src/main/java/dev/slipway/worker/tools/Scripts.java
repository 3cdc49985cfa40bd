package dev.slipway.worker.tools;

import dev.slipway.packages.MessageDigests;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;

/** The shell scripts that come with the worker, as files: a shell is given their path and never their text. */
public final class Scripts {
    private final Path directory;

    /** @param directory made when missing; several workers may share it */
    public Scripts(Path directory) {
        this.directory = directory;
    }

    /**
     * Gives a script as a file.
     *
     * @param owner the class whose package holds the script
     * @return a file that nobody changes: its name holds a digest of its content
     */
    public Path file(Class<?> owner, String name) {
        try (InputStream resource = owner.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IllegalArgumentException("no script " + name + " beside " + owner);
            }
            byte[] content = resource.readAllBytes();
            String digest = HexFormat.of().formatHex(MessageDigests.sha256().digest(content), 0, 8);
            Path file = directory.resolve(digest + "-" + name);
            if (!Files.exists(file)) {
                Files.createDirectories(directory);
                Path part = Files.createTempFile(directory, "part-", "");
                Files.write(part, content);
                Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("r-xr-xr-x"));
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + name + " below " + directory, e);
        }
    }
}
