package dev.slipway.api.releases;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;

/**
 * One finding about a plan.
 *
 * @param packageId absent when it is about the release as a whole
 * @param nevra of that package
 * @param check {@code placement}, {@code platform}, {@code signature}, {@code tests}, {@code downgrade},
 *     {@code same-nevra}, {@code closure}, {@code architectures}
 * @param state {@code green}, {@code yellow} (be warned), {@code red} (blocks the commit), or {@code forced} (would be
 *     red, overruled with a reason)
 * @param forceable whether a red one can be overruled
 * @param message one line that says what was found and what helps
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ReleaseCheck(
        @Nullable Long packageId,
        @Nullable String nevra,
        String check,
        String state,
        boolean forceable,
        String message) {}
