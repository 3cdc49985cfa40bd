package dev.slipway.api.composes;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A temporary repository.
 *
 * @param state 0 wait, 1 generating, 2 done, 3 removed, 4 failed
 * @param stateName the same as a word
 * @param stateReason why it is in this state: one line
 * @param owner the user name of who asked
 * @param request what was asked for
 * @param contentHash SHA-256 (hex) over the packages and everything that changes the metadata's bytes
 * @param reusedId the compose whose repository this one shares
 * @param regeneratesId the compose this one makes again
 * @param resultUrl the repository's address, once done
 * @param resultRepofile the address of a ready-made {@code .repo} or {@code .sources} file, once done
 */
public record Compose(
        long id,
        int state,
        String stateName,
        @Nullable String stateReason,
        String owner,
        ComposeRequest request,
        @Nullable String label,
        @Nullable String event,
        @Nullable String contentHash,
        @Nullable Long reusedId,
        @Nullable Long regeneratesId,
        @Nullable Integer packageCount,
        long lifetimeSeconds,
        @Nullable String resultUrl,
        @Nullable String resultRepofile,
        Instant timeSubmitted,
        @Nullable Instant timeStarted,
        @Nullable Instant timeDone,
        Instant timeToExpire,
        @Nullable Instant timeRemoved,
        @Nullable String removedBy,
        int revision) {

    /** The words for {@link #state}, by number. */
    public enum State {
        WAIT,
        GENERATING,
        DONE,
        REMOVED,
        FAILED;

        /** The word on the wire. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
