package dev.slipway.api.signing;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An external sign node's report; unknown members are ignored. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record SignTaskCompletion(
        @Nullable Long buildId,
        boolean success,
        @Nullable String errorMessage,
        @Nullable String logHref,
        @Nullable List<SignedFile> packages) {}
