package dev.slipway.api.releases;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.slipway.api.Copies;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One package and where it goes.
 *
 * @param repositories empty when no rule knows a place: then the package must be placed or excluded by hand
 * @param excluded left out of the release
 * @param force why checks that found it wanting are overruled; absent when they are not
 * @param edited that a person has changed this entry
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record PlannedPackage(
        @JsonProperty("package") ReleasePackage pkg,
        List<PlannedTarget> repositories,
        boolean excluded,
        @Nullable String force,
        boolean edited) {
    public PlannedPackage {
        repositories = Copies.list(repositories);
    }
}
