package dev.slipway.client;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.slipway.api.workers.Worker;
import dev.slipway.api.workers.WorkerRequest;
import dev.slipway.client.http.Api;
import dev.slipway.client.http.Hangup;
import java.io.IOException;
import java.util.List;

/** Workers. */
public final class Workers {
    private final Api api;

    Workers(Api api) {
        this.api = api;
    }

    /** Makes a worker known, or brings what is known of it up to date. */
    public Worker register(WorkerRequest request) throws IOException {
        return register(request, new Hangup());
    }

    /**
     * Makes a worker known, or brings what is known of it up to date.
     *
     * @param hangup ends the attempt from another thread
     */
    public Worker register(WorkerRequest request, Hangup hangup) throws IOException {
        return api.request("POST", "workers", "")
                .json(request)
                .repeatable()
                .until(hangup)
                .as(Worker.class);
    }

    public List<Worker> list() throws IOException {
        return api.request("GET", "workers", "").as(new TypeReference<List<Worker>>() {});
    }
}
