package dev.slipway.api.signing;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.slipway.api.Copies;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An external sign node's report; unknown members are ignored. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record SignTaskCompletion(
        @Nullable Long buildId,
        Boolean success,
        @Nullable String errorMessage,
        @Nullable String logHref,

        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        List<SignedFile> packages) {
    public SignTaskCompletion {
        packages = Copies.list(packages);
    }
}
