package dev.slipway.client.auth;

import java.io.IOException;

/** The companion gave no token: the client is unknown, its secret is wrong, or the scopes are not its own. */
public final class TokenRefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    TokenRefusedException(String message) {
        super(message);
    }
}
