package dev.slipway.client.servers;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The companion that a caller gets.
 *
 * @param url where it is; plain http or https
 * @param credentials who the caller is; null for nobody
 * @param authority the certificates that the companion's own is checked with; null for those of the Java in use
 */
public record ChosenServer(
        String id,
        String url,
        @Nullable Reference credentials,
        @Nullable Reference authority,
        Duration patience) {
    /** How long a caller waits for a companion that does not answer, when nobody says otherwise. */
    public static final Duration DEFAULT_PATIENCE = Duration.ofMinutes(30);

    /**
     * The name of a credential, and who chose it. The two must not be mixed up: what the administrator chose is looked
     * up with the administrator's rights, what a folder chose with the rights of the caller.
     */
    public record Reference(String credentialsId, boolean global) {}
}
