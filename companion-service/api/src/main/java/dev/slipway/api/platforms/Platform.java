package dev.slipway.api.platforms;

import dev.slipway.api.Copies;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A target distribution version.
 *
 * @param type {@code rpm} or {@code deb}
 * @param revision grows with every change; also the ETag
 */
public record Platform(
        long id,
        String name,
        List<String> archList,
        String type,
        String distrType,
        String distrVersion,
        String testDistName,
        int priority,
        Map<String, Object> data,
        List<PlatformRepository> repos,
        int revision,
        Instant createdAt) {
    public Platform {
        archList = Copies.list(archList);
        data = Copies.map(data);
        repos = Copies.list(repos);
    }
}
