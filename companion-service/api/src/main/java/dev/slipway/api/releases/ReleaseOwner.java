package dev.slipway.api.releases;

/**
 * Who asked for a release.
 *
 * @param email empty when none is known, and for all but the owner and those who manage users
 */
public record ReleaseOwner(long id, String username, String email) {}
