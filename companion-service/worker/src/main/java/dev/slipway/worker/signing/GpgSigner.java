package dev.slipway.worker.signing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Signs through the {@code gpg} program, for keys that an agent or a smart card holds. The passphrase is the agent's
 * business, or stands in a file that gpg reads; it never passes through here.
 */
public final class GpgSigner implements PayloadSigner {
    private static final int MOST_SECONDS = 120;
    private static final int MOST_MESSAGE = 4096;

    private final String fingerprint;
    private final @Nullable Path home;
    private final @Nullable Path passphraseFile;

    private GpgSigner(String fingerprint, @Nullable Path home, @Nullable Path passphraseFile) {
        this.fingerprint = fingerprint;
        this.home = home;
        this.passphraseFile = passphraseFile;
    }

    /**
     * Finds a secret key of gpg's.
     *
     * @param key a fingerprint or key id
     * @param home gpg's home directory; its own choice when null
     * @param passphraseFile read by gpg; the agent asks when null
     * @throws IOException when gpg is missing or has no such secret key
     */
    public static GpgSigner open(String key, @Nullable Path home, @Nullable Path passphraseFile) throws IOException {
        if (!key.matches("(0x)?[0-9A-Fa-f]{16,64}")) {
            throw new IOException("a gpg key is named by its fingerprint or 16-digit key id, not '" + key + "'");
        }
        GpgSigner unnamed = new GpgSigner("", home, passphraseFile);
        String listing = new String(
                unnamed.gpg(List.of("--with-colons", "--list-secret-keys", key), new byte[0]), StandardCharsets.UTF_8);
        String fingerprint = listing.lines()
                .filter(line -> line.startsWith("fpr:"))
                .findFirst()
                .map(line -> line.split(":", -1)[9])
                .orElseThrow(() -> new IOException("gpg has no secret key " + key));
        return new GpgSigner(fingerprint.toUpperCase(Locale.ROOT), home, passphraseFile);
    }

    @Override
    public String keyId() {
        return fingerprint.substring(fingerprint.length() - 16);
    }

    @Override
    public String fingerprint() {
        return fingerprint;
    }

    @Override
    public byte[] sign(PayloadKind kind, byte[] bytes) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--digest-algo", "SHA256", "--local-user", fingerprint));
        arguments.addAll(
                switch (kind) {
                    case RPM_HEADER -> List.of("--detach-sign");
                    case DETACHED -> List.of("--armor", "--detach-sign");
                    case CLEARSIGNED -> List.of("--clear-sign");
                });
        return gpg(arguments, bytes);
    }

    private byte[] gpg(List<String> arguments, byte[] input) throws IOException {
        List<String> command = new ArrayList<>(List.of("gpg", "--batch", "--no-tty", "--quiet", "--yes"));
        if (home != null) {
            command.addAll(List.of("--homedir", home.toString()));
        }
        if (passphraseFile != null) {
            command.addAll(List.of("--pinentry-mode", "loopback", "--passphrase-file", passphraseFile.toString()));
        }
        command.addAll(arguments);
        Process process;
        try {
            process = new ProcessBuilder(command).start();
        } catch (IOException e) {
            throw new IOException("gpg cannot be run; install the package gpg", e);
        }
        try {
            CompletableFuture<byte[]> output = reading(process.getInputStream());
            CompletableFuture<byte[]> errors = reading(process.getErrorStream());
            try (OutputStream in = process.getOutputStream()) {
                in.write(input);
            } catch (IOException e) {
                // gpg ended before it read all; its exit status and message tell why.
            }
            if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException(
                        "gpg did not end within " + MOST_SECONDS + " s; does its agent wait for a person?");
            }
            if (process.exitValue() != 0) {
                throw new IOException("gpg: " + lastLine(errors.get(5, TimeUnit.SECONDS)));
            }
            return output.get(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while gpg ran", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("gpg's answer could not be read", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static CompletableFuture<byte[]> reading(InputStream in) {
        CompletableFuture<byte[]> result = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        result.complete(in.readAllBytes());
                    } catch (IOException e) {
                        result.completeExceptionally(e);
                    }
                },
                "gpg-output");
        thread.setDaemon(true);
        thread.start();
        return result;
    }

    private static String lastLine(byte[] errors) {
        String text = new String(errors, 0, Math.min(errors.length, MOST_MESSAGE), StandardCharsets.UTF_8);
        return text.lines().filter(line -> !line.isBlank()).reduce((a, b) -> b).orElse("failed without a word");
    }
}
