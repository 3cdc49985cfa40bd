package dev.slipway.client;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.slipway.api.repositories.Repository;
import dev.slipway.api.repositories.RepositoryChange;
import dev.slipway.api.repositories.RepositoryPackages;
import dev.slipway.api.repositories.RepositoryRequest;
import dev.slipway.client.http.Api;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Repositories, remote and hosted. */
public final class Repositories {
    private final Api api;

    Repositories(Api api) {
        this.api = api;
    }

    /** Repositories whose fields equal the given ones (name, arch, type, platform, distribution, kind, …). */
    public List<Repository> list(Map<String, ?> filter) throws IOException {
        var request = api.request("GET", "repositories", "");
        filter.forEach(request::query);
        return request.as(new TypeReference<List<Repository>>() {});
    }

    /** The repository, or null when there is none of this id. */
    public @Nullable Repository get(long id) throws IOException {
        return api.request("GET", "repositories", id, "").orNull(Repository.class);
    }

    public Repository create(RepositoryRequest request) throws IOException {
        return api.request("POST", "repositories", "").json(request).as(Repository.class);
    }

    /** Puts packages into a hosted repository and takes packages out, as one new version. */
    public Repository change(long id, RepositoryChange change) throws IOException {
        return api.request("PATCH", "repositories", id, "packages").json(change).as(Repository.class);
    }

    /** One page of the newest version's packages, or of an older one's; pages count from 1. */
    public RepositoryPackages packages(long id, @Nullable Integer version, int page, int perPage) throws IOException {
        return api.request("GET", "repositories", id, "packages")
                .query("version", version)
                .query("page_number", page)
                .query("per_page", perPage)
                .as(RepositoryPackages.class);
    }
}
