package dev.slipway.client;

import dev.slipway.client.http.Api;
import dev.slipway.client.http.Uploads;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import okhttp3.Response;

/** Files by their digest. */
public final class Blobs {
    private final Api api;

    Blobs(Api api) {
        this.api = api;
    }

    /** Downloads a file by the address the companion gave for it; it is there whole and verified, or not at all. */
    public void download(String url, String sha256, long size, Path to) throws IOException {
        try (Response response = api.at("GET", url).open();
                InputStream in = response.body().byteStream()) {
            Uploads.save(in, to, sha256, size);
        }
    }
}
