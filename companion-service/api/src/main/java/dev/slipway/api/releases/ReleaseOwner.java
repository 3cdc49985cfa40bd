package dev.slipway.api.releases;

/**
 * Who asked for a release.
 *
 * @param email empty when none is known
 */
public record ReleaseOwner(long id, String username, String email) {}
