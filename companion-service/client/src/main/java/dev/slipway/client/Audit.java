package dev.slipway.client;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.slipway.api.identity.AuditEvent;
import dev.slipway.api.identity.AuditPage;
import dev.slipway.client.http.Api;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Who changed what. */
public final class Audit {
    private final Api api;

    Audit(Api api) {
        this.api = api;
    }

    /**
     * The newest changes that a filter ({@code actor, action, object_kind, object_id, since, until}) lets through, as many
     * as the companion lists at once.
     */
    public List<AuditEvent> list(Map<String, ?> filter) throws IOException {
        var request = api.request("GET", "audit", "");
        filter.forEach(request::query);
        return request.as(new TypeReference<List<AuditEvent>>() {});
    }

    /** One page of them; pages count from 1. */
    public AuditPage page(Map<String, ?> filter, int page, int perPage) throws IOException {
        var request = api.request("GET", "audit", "").query("page_number", page).query("per_page", perPage);
        filter.forEach(request::query);
        return request.as(AuditPage.class);
    }
}
