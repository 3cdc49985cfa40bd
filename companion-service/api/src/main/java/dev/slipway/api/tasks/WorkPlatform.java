package dev.slipway.api.tasks;

import dev.slipway.api.Copies;
import java.util.Map;

/**
 * The platform of a claimed task.
 *
 * @param type {@code rpm} or {@code deb}
 * @param data the platform's recipe, macros and limits
 */
public record WorkPlatform(String name, String type, String distrType, String distrVersion, Map<String, Object> data) {
    public WorkPlatform {
        data = Copies.map(data);
    }
}
