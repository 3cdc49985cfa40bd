package dev.slipway.client;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.slipway.api.identity.Grant;
import dev.slipway.api.identity.GrantRequest;
import dev.slipway.client.http.Api;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Roles that users and teams hold. */
public final class Grants {
    private final Api api;

    Grants(Api api) {
        this.api = api;
    }

    /** The newest grants that a filter ({@code role, user, team, distribution}) lets through. */
    public List<Grant> list(Map<String, ?> filter) throws IOException {
        var request = api.request("GET", "grants", "");
        filter.forEach(request::query);
        return request.as(new TypeReference<List<Grant>>() {});
    }

    public Grant create(GrantRequest request) throws IOException {
        return api.request("POST", "grants", "").json(request).as(Grant.class);
    }

    /** Takes a role away, at once. */
    public void remove(long id) throws IOException {
        api.request("DELETE", "grants", id).repeatable().send();
    }
}
