package dev.slipway.client.auth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The token in a file, which somebody else keeps fresh: it is read again when the companion refuses it. */
final class FileToken implements TokenSource {
    private final Path file;
    private String token;

    /** @throws IOException when the file cannot be read */
    FileToken(Path file) throws IOException {
        this.file = file;
        this.token = read(file);
    }

    private static String read(Path file) throws IOException {
        String token = Files.readString(file).strip();
        FixedToken.check(token);
        return token;
    }

    @Override
    public synchronized String token() {
        return token;
    }

    @Override
    public synchronized boolean refused(String refused) {
        if (!token.equals(refused)) {
            return true; // another thread has read the new one already
        }
        try {
            token = read(file);
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
        return !token.equals(refused);
    }

    @Override
    public String toString() {
        return "the token in " + file;
    }
}
