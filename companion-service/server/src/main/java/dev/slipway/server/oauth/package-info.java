/** The OAuth 2.0 side: service clients, access tokens, the keys that sign them, and the endpoints of the standards. */
@NullMarked
package dev.slipway.server.oauth;

import org.jspecify.annotations.NullMarked;
