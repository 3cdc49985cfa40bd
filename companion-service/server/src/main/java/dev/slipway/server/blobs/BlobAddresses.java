package dev.slipway.server.blobs;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** Finds blobs by the addresses under which this service serves them; no other place is ever asked. */
public final class BlobAddresses {
    private static final Pattern PATH =
            Pattern.compile("/api/v1/blobs/(?:sha256/(?<digest>[0-9a-f]{64})|(?<name>[^/]+))/?");

    private final Blobs blobs;
    private final NamedBlobs names;

    public BlobAddresses(Blobs blobs, NamedBlobs names) {
        this.blobs = blobs;
        this.names = names;
    }

    /**
     * The blob at an address, if there is one.
     *
     * @param href a path, or an http or https URL: callers know this service under various hosts, so that is not looked at
     */
    public Optional<Blob> find(String href, StatelessSession session) {
        String path = path(href);
        Matcher matcher = PATH.matcher(path == null ? "" : path);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String digest = matcher.group("digest");
        return digest != null
                ? blobs.find(session, digest)
                : names.find(session, matcher.group("name")).map(NamedBlobs.Named::blob);
    }

    private static @Nullable String path(String href) {
        try {
            URI uri = new URI(href);
            String scheme = uri.getScheme();
            boolean ours = scheme == null ? uri.getHost() == null : scheme.equals("http") || scheme.equals("https");
            return ours ? uri.getPath() : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
