package dev.slipway.api.buildnode;

import dev.slipway.api.Copies;
import dev.slipway.api.builds.RefType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a build node is to build.
 *
 * @param arch {@code src}: make the source package alone
 * @param linkedBuilds builds whose repositories are among {@code repositories}
 * @param builtSrpmUrl the source package that was made of this source, for all architectures to be built from
 * @param srpmHash its SHA-256
 * @param isSecureBoot always false, and so is {@code isCasAuthenticated}: neither is done here
 */
public record NodeTask(
        long id,
        String arch,
        long buildId,
        Ref ref,
        NodePlatform platform,
        Person createdBy,
        List<NodeRepository> repositories,
        List<Long> linkedBuilds,
        @Nullable String builtSrpmUrl,
        @Nullable String srpmHash,
        boolean isSecureBoot,
        boolean isCasAuthenticated) {
    public NodeTask {
        repositories = Copies.list(repositories);
        linkedBuilds = Copies.list(linkedBuilds);
    }

    /** @param gitCommitHash the commit to take, where it is known */
    public record Ref(
            String url,
            @Nullable String gitRef,
            RefType refType,
            @Nullable String gitCommitHash) {}

    /**
     * @param type {@code rpm} or {@code deb}
     * @param data the platform's, with the build's macros in {@code definitions} and its conditions in {@code mock}
     */
    public record NodePlatform(String name, String type, Map<String, Object> data) {
        public NodePlatform {
            data = Copies.map(data);
        }
    }

    /** @param email empty when none is known */
    public record Person(String name, String email) {}

    /**
     * @param url where it is served
     * @param priority lower wins
     * @param mockEnabled always true
     * @param suite of a deb repository, the name below {@code dists/}
     * @param components of a deb repository
     */
    public record NodeRepository(
            String name,
            String url,
            int priority,
            boolean mockEnabled,
            @Nullable String suite,
            @Nullable List<String> components) {
        public NodeRepository {
            components = components == null || components.isEmpty() ? null : List.copyOf(components);
        }
    }
}
