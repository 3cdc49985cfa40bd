package dev.slipway.api.identity;

/**
 * Who logged in, in the founding API's form.
 *
 * @param email empty when none is known
 * @param jwtToken an access token; a secret
 */
public record LoginAnswer(long id, String username, String email, String jwtToken) {
    @Override
    public String toString() {
        return "LoginAnswer[" + username + "]";
    }
}
