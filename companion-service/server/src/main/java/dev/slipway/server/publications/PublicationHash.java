package dev.slipway.server.publications;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.slipway.server.http.Json;
import dev.slipway.server.repositories.ContentHash;
import dev.slipway.server.repositories.RepositoryType;
import org.jspecify.annotations.Nullable;

/** Tells publications apart: SHA-256 (hex) over everything that decides their bytes. */
public final class PublicationHash {

    /**
     * The hash of a set of packages shown with these options.
     *
     * @param contentHash of the packages, as {@link ContentHash} makes it
     * @param signKeyId the key that signs the metadata, if any
     */
    public String ofSet(RepositoryType type, String contentHash, PublicationOptions options, @Nullable Long signKeyId) {
        return of("set", type, contentHash, options, signKeyId);
    }

    /** The hash of a repository's version; of different repositories it always differs. */
    String ofVersion(
            long repositoryId,
            int version,
            RepositoryType type,
            String contentHash,
            PublicationOptions options,
            @Nullable Long signKeyId) {
        return of("repository " + repositoryId + " version " + version, type, contentHash, options, signKeyId);
    }

    private String of(
            String what,
            RepositoryType type,
            String contentHash,
            PublicationOptions options,
            @Nullable Long signKeyId) {
        try {
            return ContentHash.ofText(String.join(
                    "\n",
                    what,
                    type.word(),
                    contentHash,
                    Json.mapper().writeValueAsString(options),
                    "key " + signKeyId));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("options are plain values", e);
        }
    }
}
