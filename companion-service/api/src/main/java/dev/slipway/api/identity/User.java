package dev.slipway.api.identity;

import org.jspecify.annotations.Nullable;

/**
 * A person or a service that calls.
 *
 * @param email absent for services and for those who gave none
 */
public record User(long id, String username, @Nullable String email) {}
