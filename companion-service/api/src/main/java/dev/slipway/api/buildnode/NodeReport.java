package dev.slipway.api.buildnode;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.slipway.api.Copies;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /build_node/build_done}; unknown members are ignored.
 *
 * @param status {@code done}, {@code failed} or {@code excluded}
 * @param gitCommitHash the commit that was built
 */
public record NodeReport(
        Long taskId,
        String status,

        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        List<NodeArtifact> artifacts,

        @Nullable String gitCommitHash) {
    public NodeReport {
        artifacts = Copies.list(artifacts);
    }

    /**
     * A file that was uploaded before.
     *
     * @param type {@code rpm} or {@code build_log}; also {@code deb}, {@code dsc}, {@code source}, {@code changes}, {@code
     *     buildinfo} and {@code other}
     * @param href where it was uploaded to: a blob's address, by name or by digest, with or without the host
     * @param sha256 compared with the upload's where it is given
     */
    public record NodeArtifact(
            String name, String type, String href, @Nullable String sha256) {}
}
