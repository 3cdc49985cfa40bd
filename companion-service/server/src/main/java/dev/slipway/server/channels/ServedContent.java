package dev.slipway.server.channels;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.eclipse.jetty.http.DateGenerator;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.content.HttpContent;
import org.eclipse.jetty.http.content.ResourceHttpContent;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.util.resource.ResourceFactory;
import org.jspecify.annotations.Nullable;

/** A stored file as Jetty serves it: tagged with its digest, and dated by what it is for clients. */
final class ServedContent extends HttpContent.Wrapper {

    private static final Map<String, String> TYPES = Map.of(
            ".rpm", "application/x-rpm",
            ".deb", "application/vnd.debian.binary-package",
            ".xml", "text/xml",
            ".gz", "application/gzip",
            ".zst", "application/zstd",
            ".asc", "application/pgp-signature",
            ".gpg", "application/pgp-signature",
            "Release", "text/plain; charset=utf-8",
            "Packages", "text/plain; charset=utf-8",
            "Sources", "text/plain; charset=utf-8");

    private final HttpField tag;
    private final @Nullable Instant modified;

    private ServedContent(HttpContent file, String sha256, @Nullable Instant modified) {
        super(file);
        this.tag = new HttpField(HttpHeader.ETAG, "\"" + sha256 + "\"");
        this.modified = modified;
    }

    /**
     * A file.
     *
     * @param name decides its media type
     * @param modified since when it stands under its address; null takes the file's own time
     */
    static HttpContent of(
            Path file, String name, String sha256, @Nullable Instant modified, ByteBufferPool.Sized buffers) {
        return new ServedContent(
                new ResourceHttpContent(ResourceFactory.root().newResource(file), mediaType(name), buffers),
                sha256,
                modified);
    }

    static String mediaType(String name) {
        return TYPES.entrySet().stream()
                .filter(type -> name.endsWith(type.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("application/octet-stream");
    }

    @Override
    public HttpField getETag() {
        return tag;
    }

    @Override
    public Instant getLastModifiedInstant() {
        return modified == null ? super.getLastModifiedInstant() : modified;
    }

    @Override
    public HttpField getLastModified() {
        return new HttpField(
                HttpHeader.LAST_MODIFIED,
                DateGenerator.formatDate(getLastModifiedInstant().toEpochMilli()));
    }
}
