package dev.slipway.server.idempotency;

/** Who sends a request; keys of different users are apart. */
public interface Requester {
    /** The id of the user. */
    long userId();
}
