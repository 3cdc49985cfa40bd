package dev.slipway.api.identity;

/**
 * Bans an account or lets it in again.
 *
 * @param active whether its tokens are accepted
 */
public record UserUpdate(boolean active) {}
