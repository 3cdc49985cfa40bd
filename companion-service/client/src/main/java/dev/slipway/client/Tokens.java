package dev.slipway.client;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.slipway.api.identity.Token;
import dev.slipway.api.identity.TokenRequest;
import dev.slipway.client.http.Api;
import java.io.IOException;
import java.util.List;

/** API tokens. */
public final class Tokens {
    private final Api api;

    Tokens(Api api) {
        this.api = api;
    }

    /** Makes a token; its text is in the answer, and never again. */
    public Token create(TokenRequest request) throws IOException {
        return api.request("POST", "tokens", "").json(request).as(Token.class);
    }

    public List<Token> list() throws IOException {
        return api.request("GET", "tokens", "").as(new TypeReference<List<Token>>() {});
    }

    /** Revokes a token at once. */
    public void revoke(long id) throws IOException {
        api.request("DELETE", "tokens", id, "").repeatable().send();
    }
}
