package dev.slipway.api.signing;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That a build's packages, or a publication's metadata, be signed with a key.
 *
 * @param id also the id of the task that a worker claims
 * @param buildId absent when the purpose is metadata
 * @param publicationId absent when the purpose is build
 * @param purpose {@code build} or {@code metadata}
 * @param status 1 idle, 2 in progress, 3 completed, 4 failed, 5 cancelled
 * @param statusName the same as a word
 * @param errorMessage why it failed: one line
 * @param logHref where its log is read
 * @param payloadCount how many pieces of bytes are to be signed
 * @param signedCount how many of them have an accepted signature
 */
public record SignTask(
        long id,
        @Nullable Long buildId,
        @Nullable Long publicationId,
        String purpose,
        SignKey signKey,
        int status,
        String statusName,
        @Nullable String errorMessage,
        @Nullable String logHref,
        int payloadCount,
        int signedCount,
        Instant createdAt,
        @Nullable Instant finishedAt) {}
