package io.jenkins.plugins.slipway.servers;

import dev.slipway.client.servers.ServerSettings;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What went wrong with companions since the controller started. In memory only. */
final class ServerHealth {
    private static final Duration WORTH_TELLING = Duration.ofDays(1);

    private final Clock clock;
    private final Map<String, Instant> refusedSince = new ConcurrentHashMap<>();
    private volatile boolean missed;

    ServerHealth(@NonNull Clock clock) {
        this.clock = clock;
    }

    /** A companion did not take the token. */
    void refused(@NonNull String serverId) {
        refusedSince.putIfAbsent(serverId, clock.instant());
    }

    /** A companion took the token. */
    void accepted(@NonNull String serverId) {
        refusedSince.remove(serverId);
    }

    /** Of companions that are gone or configured otherwise now, earlier refusals say nothing any more. */
    void reconfigured(@NonNull List<ServerSettings> before, @NonNull List<ServerSettings> after) {
        before.stream().filter(server -> !after.contains(server)).forEach(server -> refusedSince.remove(server.id()));
    }

    /** A step found no companion configured. */
    void missed() {
        missed = true;
    }

    /** Whether a step ever found no companion configured. */
    boolean wasMissed() {
        return missed;
    }

    /** The companions that have taken no token for a day, though they were asked. */
    @NonNull
    List<String> refusedForLong() {
        Instant since = clock.instant().minus(WORTH_TELLING);
        List<String> servers = new ArrayList<>();
        refusedSince.forEach((server, first) -> {
            if (!first.isAfter(since)) {
                servers.add(server);
            }
        });
        servers.sort(null);
        return servers;
    }
}
