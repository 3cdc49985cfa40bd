package dev.slipway.api.identity;

import org.jspecify.annotations.Nullable;

/**
 * A person or a service that calls.
 *
 * @param email empty for services, for those who gave none, and where the caller may not see it: only one's own is shown,
 *     and everyone's to those who manage users
 * @param kind {@code person} or {@code service}; shown to those who manage users
 * @param active false when the account is banned; shown to those who manage users
 */
public record User(
        long id,
        String username,
        String email,
        @Nullable String kind,
        @Nullable Boolean active) {

    /** What everyone may know of an account. */
    public User withoutPrivateData() {
        return new User(id, username, "", null, null);
    }
}
