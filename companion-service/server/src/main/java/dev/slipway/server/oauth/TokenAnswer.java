package dev.slipway.server.oauth;

import org.jspecify.annotations.Nullable;

/**
 * What the token endpoint gives (RFC 6749, section 5.1).
 *
 * @param expiresIn seconds
 * @param scope what was granted, which may be less than what was asked for
 */
record TokenAnswer(
        String accessToken,
        String tokenType,
        long expiresIn,
        String scope,
        @Nullable String refreshToken) {

    static TokenAnswer of(AccessTokens.Minted minted, @Nullable String refreshToken) {
        return new TokenAnswer(
                minted.token(), "Bearer", minted.life().toSeconds(), String.join(" ", minted.scopes()), refreshToken);
    }

    @Override
    public String toString() {
        return "TokenAnswer[" + scope + "]";
    }
}
