package dev.slipway.client.servers;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one level of configuration says about one companion. What it leaves out comes from the level above.
 *
 * @param id names the companion within the configuration and stays when its address changes
 * @param url where it is
 * @param credentialsId names the credential that identifies the caller to it
 * @param caCredentialsId names the certificates that its own certificate is checked with
 * @param patience for how long a waiting caller puts up with a companion that does not answer
 */
public record ServerSettings(
        String id,
        @Nullable String url,
        @Nullable String credentialsId,
        @Nullable String caCredentialsId,
        @Nullable Duration patience) {}
