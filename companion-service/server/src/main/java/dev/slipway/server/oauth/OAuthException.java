package dev.slipway.server.oauth;

/** The request gets an error of RFC 6749, section 5.2, for an answer. */
public final class OAuthException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String error;

    private OAuthException(int status, String error, String description) {
        super(description);
        this.status = status;
        this.error = error;
    }

    static OAuthException invalidRequest(String description) {
        return new OAuthException(400, "invalid_request", description);
    }

    static OAuthException invalidGrant(String description) {
        return new OAuthException(400, "invalid_grant", description);
    }

    static OAuthException invalidScope(String description) {
        return new OAuthException(400, "invalid_scope", description);
    }

    static OAuthException unsupportedGrantType(String description) {
        return new OAuthException(400, "unsupported_grant_type", description);
    }

    static OAuthException unauthorizedClient(String description) {
        return new OAuthException(400, "unauthorized_client", description);
    }

    /** The one that is a 401 and says how a client proves who it is. */
    static OAuthException invalidClient() {
        return new OAuthException(
                401, "invalid_client", "the client is unknown or revoked, or its secret is not this one");
    }

    int status() {
        return status;
    }

    /** The word of the RFC. */
    public String error() {
        return error;
    }
}
