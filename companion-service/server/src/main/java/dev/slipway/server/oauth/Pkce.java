package dev.slipway.server.oauth;

import dev.slipway.server.identity.Secrets;
import java.util.Base64;

/** Proof key for code exchange (RFC 7636), by the method S256. */
public final class Pkce {
    private Pkce() {}

    /** The challenge of a verifier: its SHA-256 in base64url. */
    public static String challengeOf(String verifier) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Secrets.digest(verifier));
    }
}
