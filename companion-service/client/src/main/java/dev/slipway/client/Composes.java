package dev.slipway.client;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.slipway.api.composes.Compose;
import dev.slipway.api.composes.ComposeExtension;
import dev.slipway.api.composes.ComposeRequest;
import dev.slipway.client.http.Api;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Temporary repositories. */
public final class Composes {
    private final Api api;

    Composes(Api api) {
        this.api = api;
    }

    /** Asks for a compose; with a key, asking again gives the first answer. */
    public Compose create(ComposeRequest request, @Nullable String idempotencyKey) throws IOException {
        return api.request("POST", "composes", "")
                .json(request)
                .idempotencyKey(idempotencyKey)
                .as(Compose.class);
    }

    public Compose get(long id) throws IOException {
        return api.request("GET", "composes", id, "").as(Compose.class);
    }

    /** Composes in a state (any when null), newest first; the companion caps the list. */
    public List<Compose> list(@Nullable Integer state) throws IOException {
        return api.request("GET", "composes", "").query("state", state).as(new TypeReference<List<Compose>>() {});
    }

    /** Keeps a compose longer; never shorter. */
    public Compose extend(long id, ComposeExtension extension) throws IOException {
        return api.request("PATCH", "composes", id, "")
                .json(extension)
                .repeatable()
                .as(Compose.class);
    }

    /** Makes a removed or failed compose again, of exactly the same packages, under a new id. */
    public Compose regenerate(long id, @Nullable String idempotencyKey) throws IOException {
        return api.request("POST", "composes", id, "regenerate")
                .idempotencyKey(idempotencyKey)
                .as(Compose.class);
    }

    public void delete(long id) throws IOException {
        api.request("DELETE", "composes", id, "").repeatable().send();
    }
}
