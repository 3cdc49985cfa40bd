package dev.slipway.client.auth;

/**
 * A person's login.
 *
 * @param access the token of now
 * @param refreshToken what the next one is got with, once; a secret
 */
public record Login(AccessToken access, String refreshToken) {
    @Override
    public String toString() {
        return "a login with " + access;
    }
}
