package dev.slipway.server.channels;

import dev.slipway.server.repositories.RepositoryType;
import java.net.URI;
import java.util.Locale;
import java.util.function.Supplier;

/** Addresses of what is served, as clients reach them. */
public final class ServedUrls {

    private final Supplier<URI> base;

    /** @param base the service's address, without a slash at its end; asked for each time, since it may be known late */
    public ServedUrls(Supplier<URI> base) {
        this.base = base;
    }

    /** The address of a channel, ending in a slash. */
    public String channel(String path) {
        return base.get() + "/repos/" + path + "/";
    }

    /** The address of a path of this service; other addresses stay as they are. */
    public String absolute(String address) {
        return address.startsWith("/") ? base.get() + address : address;
    }

    /** The address of the ready-made client configuration of a channel. */
    public String clientConfiguration(String path, RepositoryType type) {
        return channel(path) + (type == RepositoryType.RPM ? "slipway.repo" : "slipway.sources");
    }

    /** The address of a key's certificate. */
    public String key(String keyId) {
        return base.get() + "/keys/" + keyId.toLowerCase(Locale.ROOT) + ".asc";
    }
}
