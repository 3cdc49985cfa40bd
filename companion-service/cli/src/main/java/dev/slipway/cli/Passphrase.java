package dev.slipway.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Passphrases come from files: an argument or a variable would show in the list of processes. */
final class Passphrase {
    private Passphrase() {}

    /** The file's content without the line end; empty without a file. The caller clears it. */
    static char[] read(@Nullable Path file) throws IOException {
        if (file == null) {
            return new char[0];
        }
        byte[] bytes = Files.readAllBytes(file);
        CharBuffer text = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes));
        Arrays.fill(bytes, (byte) 0);
        int length = text.length();
        while (length > 0 && (text.charAt(length - 1) == '\n' || text.charAt(length - 1) == '\r')) {
            length--;
        }
        char[] passphrase = new char[length];
        text.get(passphrase);
        return passphrase;
    }
}
