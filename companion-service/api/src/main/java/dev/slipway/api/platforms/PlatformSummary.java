package dev.slipway.api.platforms;

import dev.slipway.api.Copies;
import java.util.List;

/** The platform of a task: enough to show it. */
public record PlatformSummary(long id, String type, String name, List<String> archList) {
    public PlatformSummary {
        archList = Copies.list(archList);
    }
}
