package dev.slipway.client;

import dev.slipway.client.http.Api;

/** The areas of one companion's API. Safe for use by several threads; calls block. */
public final class SlipwayClient {
    private final Api api;

    public SlipwayClient(Api api) {
        this.api = api;
    }

    /** What the areas are built on, for routes that have no method here. */
    public Api api() {
        return api;
    }

    public Platforms platforms() {
        return new Platforms(api);
    }

    public Builds builds() {
        return new Builds(api);
    }

    public Tasks tasks() {
        return new Tasks(api);
    }

    public Workers workers() {
        return new Workers(api);
    }

    public Signing signing() {
        return new Signing(api);
    }

    public Repositories repositories() {
        return new Repositories(api);
    }

    public Distributions distributions() {
        return new Distributions(api);
    }

    public Composes composes() {
        return new Composes(api);
    }

    public Releases releases() {
        return new Releases(api);
    }

    public Blobs blobs() {
        return new Blobs(api);
    }

    public Tokens tokens() {
        return new Tokens(api);
    }

    public Projects projects() {
        return new Projects(api);
    }

    public Webhooks webhooks() {
        return new Webhooks(api);
    }

    public Clients clients() {
        return new Clients(api);
    }

    public Tests tests() {
        return new Tests(api);
    }

    public Teams teams() {
        return new Teams(api);
    }

    public Grants grants() {
        return new Grants(api);
    }

    public Users users() {
        return new Users(api);
    }

    public Audit audit() {
        return new Audit(api);
    }
}
