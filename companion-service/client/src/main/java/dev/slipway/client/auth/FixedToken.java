package dev.slipway.client.auth;

final class FixedToken implements TokenSource {
    private final String token;

    FixedToken(String token) {
        check(token);
        this.token = token;
    }

    static void check(String token) {
        if (token.isBlank() || token.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new IllegalArgumentException("the token is empty or holds characters that no token has");
        }
    }

    @Override
    public String token() {
        return token;
    }

    @Override
    public boolean refused(String refused) {
        return false;
    }

    @Override
    public String toString() {
        return "a fixed token";
    }
}
