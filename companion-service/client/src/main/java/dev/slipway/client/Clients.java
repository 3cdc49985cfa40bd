package dev.slipway.client;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.slipway.api.identity.Client;
import dev.slipway.api.identity.ClientRequest;
import dev.slipway.client.http.Api;
import java.io.IOException;
import java.util.List;

/** Service clients: programs that get tokens for themselves. */
public final class Clients {
    private final Api api;

    Clients(Api api) {
        this.api = api;
    }

    /** Makes a client; its secret is in the answer, and never again. */
    public Client create(ClientRequest request) throws IOException {
        return api.request("POST", "clients", "").json(request).as(Client.class);
    }

    public List<Client> list() throws IOException {
        return api.request("GET", "clients", "").as(new TypeReference<List<Client>>() {});
    }

    /** Gives a client a new secret; the former one and its tokens are refused at once. */
    public Client renewSecret(long id) throws IOException {
        return api.request("POST", "clients", id, "secret").as(Client.class);
    }

    /** Revokes a client and all its tokens at once. */
    public void revoke(long id) throws IOException {
        api.request("DELETE", "clients", id, "").repeatable().send();
    }
}
