package dev.slipway.client;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.slipway.api.builds.Build;
import dev.slipway.api.builds.BuildPage;
import dev.slipway.api.builds.BuildRequest;
import dev.slipway.client.http.Api;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds. */
public final class Builds {
    private final Api api;

    Builds(Api api) {
        this.api = api;
    }

    /** Asks for a build; with a key, asking again gives the first answer and starts nothing. */
    public Build create(BuildRequest request, @Nullable String idempotencyKey) throws IOException {
        return api.request("POST", "builds", "")
                .json(request)
                .idempotencyKey(idempotencyKey)
                .as(Build.class);
    }

    public Build get(long id) throws IOException {
        return api.request("GET", "builds", id, "").as(Build.class);
    }

    /** One page, newest first, of the builds that a filter lets through; pages count from 1. */
    public BuildPage page(Map<String, ?> filter, int page, int perPage) throws IOException {
        var request =
                api.request("GET", "builds", "").query("page_number", page).query("per_page", perPage);
        filter.forEach(request::query);
        return request.as(BuildPage.class);
    }

    /** The newest builds that a filter lets through, as many as the companion lists at once. */
    public List<Build> list(Map<String, ?> filter) throws IOException {
        var request = api.request("GET", "builds", "");
        filter.forEach(request::query);
        return request.as(new TypeReference<List<Build>>() {});
    }

    /** Runs the failed tasks again, and what depended on them. */
    public Build restartFailed(long id) throws IOException {
        return api.request("PATCH", "builds", id, "restart-failed").as(Build.class);
    }

    /** Ends what waits and tells workers to stop what runs; harmless when all has ended. */
    public Build cancel(long id) throws IOException {
        return api.request("PATCH", "builds", id, "cancel").repeatable().as(Build.class);
    }

    public void remove(long id) throws IOException {
        api.request("DELETE", "builds", id, "remove").repeatable().send();
    }
}
