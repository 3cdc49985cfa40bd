package dev.slipway.api.platforms;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST} and {@code PUT /platforms/}. A new platform needs everything but {@code repos}, {@code priority} and
 * {@code revision}; an update needs {@code name}, which says which platform is meant, and changes only what is given.
 *
 * @param data recipe, macros, limits and policies: see the user guide's chapter on platforms
 * @param revision of an update, the revision that the caller saw; another one is refused
 */
public record PlatformRequest(
        String name,
        @Nullable String type,
        @Nullable String distrType,
        @Nullable String distrVersion,
        @Nullable String testDistName,
        @Nullable List<String> archList,

        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) @Nullable
        List<PlatformRepository> repos,

        @Nullable Map<String, Object> data,
        @Nullable Integer priority,
        @Nullable Integer revision) {}
