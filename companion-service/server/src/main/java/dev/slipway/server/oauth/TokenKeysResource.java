package dev.slipway.server.oauth;

import dev.slipway.api.identity.Scopes;
import dev.slipway.api.identity.TokenKey;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.identity.Caller;
import dev.slipway.server.identity.Scope;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** The keys that access tokens are signed with: their public halves, for administrators. */
@Path("/api/v1/token-keys")
@Produces(MediaType.APPLICATION_JSON)
public final class TokenKeysResource {
    private final Transactions transactions;
    private final TokenKeys keys;
    private final TokenKeyRotation rotation;

    public TokenKeysResource(Transactions transactions, TokenKeys keys, TokenKeyRotation rotation) {
        this.transactions = transactions;
        this.keys = keys;
        this.rotation = rotation;
    }

    @GET
    @Scope(Scopes.TOKEN_KEYS_READ)
    public List<TokenKey> list() {
        return rotation.list();
    }

    @POST
    @Path("rotate")
    @Scope(Scopes.TOKEN_KEYS_MANAGE)
    public List<TokenKey> rotate(@Context Caller caller) {
        transactions.run(session -> rotation.retireAll(session, caller));
        keys.signing();
        return rotation.list();
    }

    @DELETE
    @Path("{kid}")
    @Scope(Scopes.TOKEN_KEYS_MANAGE)
    public void remove(@PathParam("kid") String kid, @Context Caller caller) {
        transactions.run(session -> rotation.remove(session, caller, kid));
    }
}
