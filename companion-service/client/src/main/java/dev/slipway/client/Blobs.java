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

    /** Stores a file's bytes under a name; known content is not stored twice. */
    public void put(String name, Path file, String sha256) throws IOException {
        api.request("PUT", "blobs", name)
                .header("Repr-Digest", Uploads.reprDigest(sha256))
                .body(Uploads.file(file))
                .repeatable()
                .send();
    }

    /** Takes a name away; the bytes go when nothing refers to them. */
    public void delete(String name) throws IOException {
        api.request("DELETE", "blobs", name).send();
    }

    /** Downloads a file by the address the companion gave for it; it is there whole and verified, or not at all. */
    public void download(String url, String sha256, long size, Path to) throws IOException {
        try (Response response = api.at("GET", url).open();
                InputStream in = response.body().byteStream()) {
            Uploads.save(in, to, sha256, size);
        }
    }
}
