package dev.slipway.api.signing;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.slipway.api.Copies;
import java.util.List;

/** An external sign node asks for whole files to sign; unknown members are ignored. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record SignTaskClaim(
        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        List<String> keyIds) {
    public SignTaskClaim {
        keyIds = Copies.list(keyIds);
    }
}
