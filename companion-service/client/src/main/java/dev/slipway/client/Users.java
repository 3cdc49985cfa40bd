package dev.slipway.client;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.slipway.api.identity.User;
import dev.slipway.api.identity.UserUpdate;
import dev.slipway.client.http.Api;
import java.io.IOException;
import java.util.List;

/** Accounts of people and services. */
public final class Users {
    private final Api api;

    Users(Api api) {
        this.api = api;
    }

    /** The account that calls. */
    public User self() throws IOException {
        return api.request("GET", "users", "").as(User.class);
    }

    public List<User> list() throws IOException {
        return api.request("GET", "users", "all_users").as(new TypeReference<List<User>>() {});
    }

    /** Bans an account, or lets it in again. */
    public User setActive(long id, boolean active) throws IOException {
        return api.request("PATCH", "users", id).json(new UserUpdate(active)).as(User.class);
    }
}
