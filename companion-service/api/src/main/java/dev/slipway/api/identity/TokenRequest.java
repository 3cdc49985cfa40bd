package dev.slipway.api.identity;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for an API token. Nobody can give away scopes that the asking token lacks.
 *
 * @param name what it is for, for people
 * @param scopes what it may do; absent when {@code role} is given
 * @param role the name of a role whose scopes it gets
 * @param expiresInSeconds how long it is accepted; without it until it is revoked
 * @param owner the user whose token it becomes, made as a service account when there is none of that name; needs the
 *     scope {@code users:manage}. The caller's own when absent
 */
public record TokenRequest(
        String name,
        @Nullable List<String> scopes,
        @Nullable String role,
        @Nullable Long expiresInSeconds,
        @Nullable String owner) {}
