package dev.slipway.client;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.slipway.api.distributions.Distribution;
import dev.slipway.api.distributions.DistributionRequest;
import dev.slipway.api.distributions.DistributionUpdate;
import dev.slipway.client.http.Api;
import java.io.IOException;
import java.util.List;

/** Distributions: named sets of platforms with repositories of their own. */
public final class Distributions {
    private final Api api;

    Distributions(Api api) {
        this.api = api;
    }

    public List<Distribution> list() throws IOException {
        return api.request("GET", "distributions", "").as(new TypeReference<List<Distribution>>() {});
    }

    public Distribution create(DistributionRequest request) throws IOException {
        return api.request("POST", "distributions", "").json(request).as(Distribution.class);
    }

    public Distribution get(String name) throws IOException {
        return api.request("GET", "distributions", name).as(Distribution.class);
    }

    /** Says how the distribution is released to. */
    public Distribution update(String name, DistributionUpdate update) throws IOException {
        return api.request("PATCH", "distributions", name).json(update).as(Distribution.class);
    }

    /** Puts a build's packages into the distribution's repositories. */
    public void add(long buildId, String distribution) throws IOException {
        api.request("POST", "distributions", "add", buildId, distribution, "").send();
    }

    /** Takes a build's packages out again, but for those that another build brought as well. */
    public void remove(long buildId, String distribution) throws IOException {
        api.request("POST", "distributions", "remove", buildId, distribution, "")
                .send();
    }
}
