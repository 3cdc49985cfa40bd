package dev.slipway.client;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.slipway.api.identity.User;
import dev.slipway.api.identity.UserUpdate;
import dev.slipway.client.http.Api;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

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
        return api.request("GET", "users", "all_users").all(new TypeReference<List<User>>() {});
    }

    /** The one of that name. */
    public Optional<User> named(String name) throws IOException {
        return api
                .request("GET", "users", "all_users")
                .query("name", name)
                .as(new TypeReference<List<User>>() {})
                .stream()
                .findFirst();
    }

    /** Bans an account, or lets it in again. */
    public User setActive(long id, boolean active) throws IOException {
        return api.request("PATCH", "users", id).json(new UserUpdate(active)).as(User.class);
    }
}
