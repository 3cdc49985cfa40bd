package dev.slipway.server.repositories;

import org.jspecify.annotations.Nullable;

/**
 * What a repository that is to be made shall be.
 *
 * @param arch one architecture, {@code src}, or those of a Debian one joined by a comma
 * @param url the foreign address of a remote one, null for every other
 * @param signKeyId the key that signs the metadata; null leaves it unsigned
 */
public record NewRepository(
        String name,
        String arch,
        RepositoryType type,
        boolean debug,
        RepositoryKind kind,
        boolean production,
        @Nullable String url,
        @Nullable Long platformId,
        @Nullable Long distributionId,
        @Nullable Long buildId,
        @Nullable Long signKeyId,
        RepositoryOptions options) {

    /** A repository for the packages of a build. */
    public static NewRepository ofBuild(
            String name,
            String arch,
            RepositoryType type,
            boolean debug,
            long buildId,
            long platformId,
            RepositoryOptions options) {
        return new NewRepository(
                name, arch, type, debug, RepositoryKind.BUILD, false, null, platformId, null, buildId, null, options);
    }
}
