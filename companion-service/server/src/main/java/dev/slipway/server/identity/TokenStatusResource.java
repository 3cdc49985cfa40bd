package dev.slipway.server.identity;

import dev.slipway.api.identity.Scopes;
import dev.slipway.api.identity.TokenStatus;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

/** Tells a caller what its own token is. */
@Path("/api/v1/token/status")
@Produces(MediaType.APPLICATION_JSON)
public final class TokenStatusResource {
    @GET
    @Scope(Scopes.TOKENS_STATUS)
    public TokenStatus status(@Context Caller caller) {
        return Tokens.status(caller);
    }
}
