package dev.slipway.server.releases;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the packages of a release go: a platform of a distribution.
 *
 * @param format {@code rpm} or {@code deb}
 * @param needsApproval whether a second person must approve a release
 * @param keyid of the distribution's key; null when it has none
 */
record Destination(
        long platformId,
        String platform,
        String format,
        List<String> arches,
        JsonNode platformData,
        @Nullable Long referencePlatformId,
        @Nullable String referencePlatform,
        long distributionId,
        String distribution,
        JsonNode distributionData,
        @Nullable Long signKeyId,
        @Nullable String keyid,
        boolean needsApproval) {}
