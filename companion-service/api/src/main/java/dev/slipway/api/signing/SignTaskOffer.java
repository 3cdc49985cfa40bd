package dev.slipway.api.signing;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whole files for an external sign node; every member is absent when there is nothing to do.
 *
 * @param signFiles always false: file signatures inside packages are not asked for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SignTaskOffer(
        @Nullable Long id,
        @Nullable Long buildId,
        @Nullable String keyid,
        @Nullable Boolean signFiles,
        @Nullable List<FileToSign> packages) {

    /** The answer when there is nothing to sign. */
    public static final SignTaskOffer NOTHING = new SignTaskOffer(null, null, null, null, null);
}
