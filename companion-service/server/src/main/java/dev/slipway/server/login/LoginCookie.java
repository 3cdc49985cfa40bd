package dev.slipway.server.login;

import jakarta.ws.rs.core.NewCookie;
import java.net.URI;

/** Holds a login to the browser that began it. */
final class LoginCookie {
    static final String NAME = "slipway-login";
    private static final int SECONDS = 600;

    private LoginCookie() {}

    /** @param publicUrl sent over https alone when that is https */
    static NewCookie of(String value, URI publicUrl) {
        return new NewCookie.Builder(NAME)
                .value(value)
                .path("/")
                .maxAge(SECONDS)
                .httpOnly(true)
                .secure("https".equals(publicUrl.getScheme()))
                .sameSite(NewCookie.SameSite.LAX)
                .build();
    }
}
