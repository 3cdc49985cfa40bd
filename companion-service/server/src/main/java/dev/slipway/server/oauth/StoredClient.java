package dev.slipway.server.oauth;

import java.util.Set;

/** A live client that proved who it is. */
record StoredClient(long id, String clientId, long userId, int secretVersion, Set<String> scopes) {}
