package dev.slipway.client;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.slipway.api.platforms.Platform;
import dev.slipway.api.platforms.PlatformRequest;
import dev.slipway.client.http.Api;
import java.io.IOException;
import java.util.List;

/** Platforms: what packages are built for. */
public final class Platforms {
    private final Api api;

    Platforms(Api api) {
        this.api = api;
    }

    public List<Platform> list() throws IOException {
        return api.request("GET", "platforms", "").as(new TypeReference<List<Platform>>() {});
    }

    public Platform get(long id) throws IOException {
        return api.request("GET", "platforms", id, "").as(Platform.class);
    }

    public Platform create(PlatformRequest request) throws IOException {
        return api.request("POST", "platforms", "").json(request).as(Platform.class);
    }

    /** Changes the platform of the request's name; what the request leaves out stays. */
    public Platform update(PlatformRequest request) throws IOException {
        return api.request("PUT", "platforms", "").json(request).repeatable().as(Platform.class);
    }

    /** Adds repositories to those that builds for the platform see. */
    public Platform addRepositories(long id, List<Long> repositories) throws IOException {
        return api.request("PATCH", "platforms", id, "add-repositories")
                .json(repositories)
                .repeatable()
                .as(Platform.class);
    }
}
