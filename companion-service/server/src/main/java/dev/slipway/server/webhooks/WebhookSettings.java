package dev.slipway.server.webhooks;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What an operator decides about webhooks.
 *
 * @param privateAddresses whether they may be on this machine and in private networks
 * @param plainHttp whether http is accepted beyond this machine
 * @param attempts how often one delivery is tried
 * @param firstPause the pause after the first failed try; each further one is four times as long
 * @param longestPause no pause is longer
 * @param disableAfter a webhook is switched off when nothing but failures came for so long
 * @param kept how long settled deliveries are kept
 * @param keyFile holds the key that secrets are sealed with; made when it is not there
 */
public record WebhookSettings(
        boolean privateAddresses,
        boolean plainHttp,
        int attempts,
        Duration firstPause,
        Duration longestPause,
        Duration disableAfter,
        Duration kept,
        Path keyFile) {

    /** How long one try may take, from the look-up of the name to the end of the answer. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    /** A webhook that failed less often than this is not switched off, however long ago it began to fail. */
    static final int MOST_FAILURES = 20;

    public static WebhookSettings defaults(Path var) {
        return new WebhookSettings(
                false,
                false,
                8,
                Duration.ofSeconds(10),
                Duration.ofHours(6),
                Duration.ofDays(1),
                Duration.ofDays(30),
                var.resolve("webhooks.key"));
    }

    /** The pause after so many failed tries. */
    Duration pauseAfter(int tries) {
        Duration pause = firstPause;
        for (int i = 1; i < tries && pause.compareTo(longestPause) < 0; i++) {
            pause = pause.multipliedBy(4);
        }
        return pause.compareTo(longestPause) < 0 ? pause : longestPause;
    }
}
