package dev.slipway.worker.tools;

import dev.slipway.packages.MessageDigests;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;

/** Fetches a file by http, https or file URL. */
public final class Download {
    private static final int BUFFER = 64 * 1024;

    private Download() {}

    /**
     * Writes the file to {@code target}, which is incomplete when this throws.
     *
     * @return its SHA-256
     * @throws IOException in one line that names the URL: not there, too large, unreachable
     */
    public static String fetch(URI url, Path target, long maxBytes, Supervision supervision) throws IOException {
        try (InputStream stream = open(url, supervision.deadline().remaining());
                Cancellation.Registration registration =
                        supervision.cancellation().onCancel(() -> closeQuietly(stream));
                OutputStream file = Files.newOutputStream(target)) {
            MessageDigest digest = MessageDigests.sha256();
            byte[] buffer = new byte[BUFFER];
            long size = 0;
            int count;
            while ((count = stream.read(buffer)) >= 0) {
                size += count;
                if (size > maxBytes) {
                    throw new IOException(url + " is larger than " + maxBytes / (1024 * 1024) + " MB");
                }
                if (supervision.deadline().isOver()) {
                    throw new IOException(url + " could not be fetched in time");
                }
                digest.update(buffer, 0, count);
                file.write(buffer, 0, count);
            }
            return HexFormat.of().formatHex(digest.digest());
        } finally {
            supervision.cancellation().check();
        }
    }

    private static InputStream open(URI url, Duration timeout) throws IOException {
        if ("file".equals(url.getScheme())) {
            try {
                return Files.newInputStream(Path.of(url));
            } catch (NoSuchFileException e) {
                throw new IOException("there is no file " + url.getPath(), e);
            }
        }
        HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(Duration.ofSeconds(20))
                .build();
        try {
            HttpRequest request = HttpRequest.newBuilder(url).timeout(timeout).build();
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            if (response.statusCode() != 200) {
                response.body().close();
                throw new IOException(url + " answers " + response.statusCode());
            }
            return response.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while fetching " + url, e);
        } catch (IllegalArgumentException e) {
            throw new IOException("not an address to fetch from: " + url, e);
        }
    }

    private static void closeQuietly(InputStream stream) {
        try {
            stream.close();
        } catch (IOException e) {
            // The reader notices.
        }
    }
}
