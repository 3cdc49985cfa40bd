package dev.slipway.api.identity;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a service client. Nobody can give away scopes that the asking token lacks.
 *
 * @param name the service account that it acts as; made when there is none of that name. One that is there already needs
 *     the scope {@code users:manage}
 * @param scopes the most that its tokens may do; absent when {@code role} is given
 * @param role the name of a role whose scopes it gets
 */
public record ClientRequest(
        String name,
        @Nullable List<String> scopes,
        @Nullable String role) {}
