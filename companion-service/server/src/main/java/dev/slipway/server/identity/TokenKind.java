package dev.slipway.server.identity;

import java.util.Optional;

/** Knows one kind of bearer token. Safe for use by several threads. */
public interface TokenKind {
    /**
     * What the token proves; empty when it is of another kind, wrong, expired or revoked. May ask the database: what it
     * answers is remembered for a few seconds.
     */
    Optional<Proof> prove(String token);
}
