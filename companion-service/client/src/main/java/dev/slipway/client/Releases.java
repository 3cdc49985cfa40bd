package dev.slipway.client;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.slipway.api.releases.PlanEdit;
import dev.slipway.api.releases.Release;
import dev.slipway.api.releases.ReleaseAnswer;
import dev.slipway.api.releases.ReleaseChecksReport;
import dev.slipway.api.releases.ReleaseRequest;
import dev.slipway.client.http.Api;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Releases: plan, commit, undo. */
public final class Releases {
    private final Api api;

    Releases(Api api) {
        this.api = api;
    }

    /** Has a plan made; with a key, asking again gives the first answer. */
    public Release plan(ReleaseRequest request, @Nullable String idempotencyKey) throws IOException {
        return api.request("POST", "releases", "new", "")
                .json(request)
                .idempotencyKey(idempotencyKey)
                .as(Release.class);
    }

    public Release get(long id) throws IOException {
        return api.request("GET", "releases", id, "").as(Release.class);
    }

    public List<Release> list() throws IOException {
        return api.request("GET", "releases", "").as(new TypeReference<List<Release>>() {});
    }

    /** Edits the plan of the revision the caller has seen. */
    public Release edit(long id, PlanEdit edit) throws IOException {
        return api.request("PATCH", "releases", id, "plan").json(edit).as(Release.class);
    }

    /** What would keep the release from being committed, and what a commit would change. */
    public ReleaseChecksReport checks(long id) throws IOException {
        return api.request("GET", "releases", id, "checks").as(ReleaseChecksReport.class);
    }

    /** Approves the plan as somebody other than who planned it; refused when it is no longer the one of this hash. */
    public Release approve(long id, @Nullable String planHash) throws IOException {
        return api.request("POST", "releases", id, "approve", "")
                .query("plan_hash", planHash)
                .repeatable()
                .as(Release.class);
    }

    /** Starts the commit, which goes on after the answer. */
    public ReleaseAnswer commit(long id) throws IOException {
        return commit(id, null);
    }

    /** Starts the commit if the plan is still the one of this hash, whatever it is when that is null. */
    public ReleaseAnswer commit(long id, @Nullable String planHash) throws IOException {
        return api.request("POST", "releases", id, "commit", "")
                .query("plan_hash", planHash)
                .as(ReleaseAnswer.class);
    }

    /** Brings back exactly what was served before the release. */
    public ReleaseAnswer revert(long id) throws IOException {
        return api.request("POST", "releases", id, "revert", "").as(ReleaseAnswer.class);
    }

    /** As {@link #revert(long)}, unless the release has changed since the caller saw that revision. */
    public ReleaseAnswer revert(long id, int revision) throws IOException {
        return api.request("POST", "releases", id, "revert", "")
                .header("If-Match", "\"" + revision + "\"")
                .as(ReleaseAnswer.class);
    }
}
