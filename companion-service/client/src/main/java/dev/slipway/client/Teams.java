package dev.slipway.client;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.slipway.api.identity.Team;
import dev.slipway.api.identity.TeamRequest;
import dev.slipway.api.identity.TeamUpdate;
import dev.slipway.client.http.Api;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Teams and who is in them. */
public final class Teams {
    private final Api api;

    Teams(Api api) {
        this.api = api;
    }

    public List<Team> list() throws IOException {
        return api.request("GET", "teams", "").all(new TypeReference<List<Team>>() {});
    }

    /** The one of that name. */
    public Optional<Team> named(String name) throws IOException {
        return api.request("GET", "teams", "").query("name", name).as(new TypeReference<List<Team>>() {}).stream()
                .findFirst();
    }

    public Team get(long id) throws IOException {
        return api.request("GET", "teams", id).as(Team.class);
    }

    public Team create(TeamRequest request) throws IOException {
        return api.request("POST", "teams", "").json(request).as(Team.class);
    }

    public Team update(long id, TeamUpdate update) throws IOException {
        return api.request("PATCH", "teams", id).json(update).as(Team.class);
    }

    /** Forgets a team and what it was granted. */
    public void remove(long id) throws IOException {
        api.request("DELETE", "teams", id).repeatable().send();
    }

    public Team addMember(long id, String username) throws IOException {
        return api.request("PUT", "teams", id, "members", username).repeatable().as(Team.class);
    }

    public Team removeMember(long id, String username) throws IOException {
        return api.request("DELETE", "teams", id, "members", username).as(Team.class);
    }
}
